"""Chance that is the same everywhere: each name and seed gives its own stream of numbers."""

MASK = (1 << 64) - 1


class Chance:
    """SplitMix64. A stream depends on its seed and name alone, never on other streams."""

    def __init__(self, seed, name):
        state = 0xCBF29CE484222325  # FNV-1a over both
        for byte in f"{seed}/{name}".encode("utf-8"):
            state = (state ^ byte) * 0x100000001B3 & MASK
        self.state = state

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        return z ^ z >> 31

    def between(self, least, most):
        """A whole number, both ends included."""
        return least + self.next() % (most - least + 1)

    def choose(self, things):
        return things[self.next() % len(things)]

    def some(self, things, count):
        """So many of the things, in the order they stand in."""
        left = list(range(len(things)))
        while len(left) > count:
            left.pop(self.next() % len(left))
        return [things[i] for i in left]


def share(total, weights):
    """A whole number as whole parts in proportion to weights; the parts add up exactly."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:total - sum(parts)]:
        parts[i] += 1
    return parts
