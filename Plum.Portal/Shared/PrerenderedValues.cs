using Microsoft.Extensions.Caching.Memory;

namespace Plum.Portal.Shared;

/// <summary>
/// What a page has read while it was prerendered, kept here until its circuit asks for it a moment later: the page itself carries only
/// the ticket, not the fifty rows a second time. Another node, or a circuit that comes too late, reads again.
/// </summary>
public sealed class PrerenderedValues : IDisposable
{
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _values = new(new MemoryCacheOptions { SizeLimit = 5_000 });

    /// <summary>Returns the ticket. It goes to the browser in Blazor's protected state, and opens nothing but this value, once.</summary>
    public Guid Put(object value)
    {
        var ticket = Guid.NewGuid();
        _values.Set(ticket, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = _kept, Size = 1 });
        return ticket;
    }

    /// <summary>Null where it was taken already, is too old, or belongs to another node.</summary>
    public object? Take(Guid ticket)
    {
        var value = _values.Get(ticket);
        _values.Remove(ticket);
        return value;
    }

    public void Dispose() => _values.Dispose();
}
