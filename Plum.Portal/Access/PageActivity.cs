using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Plum.Domain.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>Whether anything is done on one open page. Scoped: one circuit.</summary>
public sealed class PageActivity
{
    private volatile bool _wasActive;

    public void Note() => _wasActive = true;

    /// <summary>Whether anything was done since this was last asked.</summary>
    public bool TakeWasActive()
    {
        var was = _wasActive;
        _wasActive = false;
        return was;
    }
}

/// <summary>Sees what a page does, and keeps one person from opening pages without end: each costs the server memory.</summary>
public sealed class PageCircuit(OpenPages pages, PageActivity activity, AuthenticationStateProvider authentication) : CircuitHandler
{
    private Guid? _counted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (PlumClaims.UserId((await authentication.GetAuthenticationStateAsync()).User) is { } user)
        {
            if (!pages.TryOpen(user))
            {
                throw new InvalidOperationException($"{SignInRules.OpenPages} pages are open for this person already.");
            }

            _counted = user;
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is { } user)
        {
            pages.Close(user);
            _counted = null;
        }

        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        context =>
        {
            activity.Note();
            return next(context);
        };
}

/// <summary>How many pages each person has open on this node.</summary>
public sealed class OpenPages
{
    private readonly ConcurrentDictionary<Guid, int> _open = new();

    public bool TryOpen(Guid user)
    {
        if (_open.AddOrUpdate(user, 1, (_, n) => n + 1) <= SignInRules.OpenPages)
        {
            return true;
        }

        Close(user);
        return false;
    }

    public void Close(Guid user)
    {
        var left = _open.AddOrUpdate(user, 0, (_, n) => n - 1);
        if (left <= 0)
        {
            ((ICollection<KeyValuePair<Guid, int>>)_open).Remove(new(user, left)); // unless one was opened meanwhile
        }
    }
}
