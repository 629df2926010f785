"""The only SQL: tables, database, repositories, notifications and queue."""
