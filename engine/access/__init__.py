"""What the door of the engine is made of: one class for each thing that can be done with an open library."""
