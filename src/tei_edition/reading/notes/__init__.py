"""The notes of a page: their labels, their order, the places of their markers, and which arrangement is right."""
