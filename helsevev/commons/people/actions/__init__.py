"""Every change of accounts, roles, choices and registers."""

from helsevev.commons.people.actions.registers import REGISTERS, Outcome, load_registers, renew

__all__ = ["REGISTERS", "Outcome", "load_registers", "renew"]
