"""The network's annual report (årsrapport): every figure counted from rows, beside what a source states."""
