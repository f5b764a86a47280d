"""What people can do: one file per noun, one function per intent, one transaction each."""
