"""What comes in from pages and files about service prices."""
