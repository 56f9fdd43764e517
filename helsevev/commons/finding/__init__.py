"""Finding (gjenfinning): the one index that every room hands its documents to."""
