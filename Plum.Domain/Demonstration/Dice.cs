namespace Plum.Domain.Demonstration;

/// <summary>
/// A small random number generator of our own (SplitMix64, Steele and others 2014), integers only, so that a seed gives the same
/// demonstration on every machine, runtime and run.
/// </summary>
public sealed class Dice(ulong state)
{
    private ulong _state = state;

    /// <summary>An independent stream for one thing: the tenth order is the same whoever asks for it first.</summary>
    public static Dice For(ulong seed, ulong stream, long index) => new(Mix(Mix(seed ^ (stream * 0x9E3779B97F4A7C15)) + (ulong)index));

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>0 up to, and without, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>An index, as often as its weight says.</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        var total = 0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = Below(total);
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>A value from a distribution given by its quantiles at 0, 10, 25, 50, 75, 90, 97 and 100 percent, straight between them.</summary>
    public int Spread(ReadOnlySpan<int> quantiles)
    {
        ReadOnlySpan<int> shares = [0, 100, 250, 500, 750, 900, 970, 1000];
        var at = Below(1000);
        var i = 1;
        while (shares[i] <= at)
        {
            i++;
        }

        return quantiles[i - 1] + (int)((long)(quantiles[i] - quantiles[i - 1]) * (at - shares[i - 1]) / (shares[i] - shares[i - 1]));
    }

    /// <summary>A key of version 7 in the place of a generated one.</summary>
    public Guid Key(DateTime atUtc)
    {
        var milliseconds = (ulong)(atUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        var high = (UInt128)((milliseconds << 16) | 0x7000 | (Next() & 0x0FFF));
        var low = (UInt128)(0x8000000000000000 | (Next() >> 2));
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, (high << 64) | low);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
