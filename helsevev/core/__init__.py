"""The cellar: calculation and rules as plain functions on plain data. No Django here."""
