"""What a team, period, cell, rule and edit are: values without input or output."""
