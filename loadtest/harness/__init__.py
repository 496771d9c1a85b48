"""What the load tests are made of; bench, ha, admin and run beside this directory are the commands."""
