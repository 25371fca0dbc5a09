"""The machine: installed libraries, causes of failed imports, and differences of operating systems."""
