"""The demo city: Utrecht's real neighbourhoods, with an invented cast. Only with the embedded database on loopback."""
