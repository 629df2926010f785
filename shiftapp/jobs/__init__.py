"""What runs beside the pages: the queue's tasks, the worker that takes them, and the sweep after workers that died."""
