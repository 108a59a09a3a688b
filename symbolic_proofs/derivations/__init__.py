"""Steps of a proof: shown, stored, and made again by the rules alone."""
