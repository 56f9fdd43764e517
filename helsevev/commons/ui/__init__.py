"""Look (utseende): page frame, components and their gallery."""
