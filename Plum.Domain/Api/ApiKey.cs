using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Api;

/// <summary>
/// Lets a client's own systems in, for that client alone, on the authority of one person: its owner is the maker of all that it asks for. The
/// secret is shown once and kept as its hash.
/// </summary>
public sealed class ApiKey : IVersioned
{
    public const int NameMaxLength = 80;
    public const int PrefixLength = 12;
    public const int HashLength = 64;
    public const int ScopesMaxLength = 200;
    public const int MostDays = 400;

    private ApiKey() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ClientId { get; private init; }

    /// <summary>The person on whose authority it acts.</summary>
    public Guid OwnerId { get; private init; }
    public string Name { get; private init; } = "";
    public ApiScopes Scopes { get; private init; }

    /// <summary>Begins the secret, and is no secret: a key is found and named by it.</summary>
    public string Prefix { get; private init; } = "";

    /// <summary>SHA-256 in lower-case hex. Of 256 random bits: nothing slower is needed.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The secret before, while it may still be used.</summary>
    public string? FormerHash { get; private set; }
    public DateTime? FormerUntilUtc { get; private set; }

    /// <summary>All who have seen a secret of it: none of them may decide what it asks for.</summary>
    public IReadOnlyList<Guid> Hands { get; private set; } = [];
    public DateTime MadeAtUtc { get; private init; }
    public string MadeBy { get; private init; } = "";
    public DateTime ExpiresAtUtc { get; private init; }
    public DateTime? RotatedAtUtc { get; private set; }
    public DateTime? RevokedAtUtc { get; private set; }

    /// <summary>To the minute; written past the version.</summary>
    public DateTime? LastUsedAtUtc { get; private init; }
    public int Version { get; private set; }

    public static ApiKey Make(
        Guid id,
        Guid clientId,
        Guid ownerId,
        string name,
        ApiScopes scopes,
        DateTime expiresAtUtc,
        string prefix,
        string hash,
        Actor by,
        DateTime nowUtc
    )
    {
        RefusedException.ThrowIf(ApiKeyRefusals.For(name, scopes, expiresAtUtc, nowUtc));

        return new ApiKey
        {
            Id = id,
            ClientId = clientId,
            OwnerId = ownerId,
            Name = name.Trim(),
            Scopes = scopes,
            Prefix = prefix,
            Hash = hash,
            Hands = Seen([ownerId], by),
            MadeAtUtc = nowUtc,
            MadeBy = by.Name,
            ExpiresAtUtc = expiresAtUtc,
        };
    }

    public ApiKeyState StateAt(DateTime nowUtc) =>
        RevokedAtUtc is not null ? ApiKeyState.Revoked
        : ExpiresAtUtc <= nowUtc ? ApiKeyState.Expired
        : ApiKeyState.Open;

    /// <summary>Whether the secret is this key's, or was and may still be used. Says nothing of the key's state.</summary>
    public bool IsOpenedBy(string secretHash, DateTime nowUtc) =>
        // Both are compared, whatever the first says, so that the time taken tells nothing.
        Same(Hash, secretHash) | Same(FormerUntilUtc > nowUtc ? FormerHash : null, secretHash);

    public Refusal? CannotChange(DateTime nowUtc) =>
        StateAt(nowUtc) switch
        {
            ApiKeyState.Open => null,
            ApiKeyState.Expired => new Refusal("api.expired", "This key has expired. Make a new one."),
            _ => new Refusal("api.revoked", "This key was revoked. Make a new one."),
        };

    /// <summary>A new secret; the one before goes on for as long as its users need to change it.</summary>
    public void Rotate(string hash, TimeSpan formerGoesOn, Actor by, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotChange(nowUtc) ?? ApiKeyRefusals.ForGrace(formerGoesOn));

        (FormerHash, FormerUntilUtc) = formerGoesOn > TimeSpan.Zero ? ((string?)Hash, (DateTime?)(nowUtc + formerGoesOn)) : (null, null);
        (Hash, RotatedAtUtc, Hands) = (hash, nowUtc, Seen(Hands, by));
    }

    public Refusal? CannotRevoke() => RevokedAtUtc is null ? null : new Refusal("api.revoked-already", "This key is revoked already.");

    public void Revoke(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRevoke());

        (RevokedAtUtc, FormerHash, FormerUntilUtc) = (nowUtc, null, null);
    }

    private static IReadOnlyList<Guid> Seen(IReadOnlyList<Guid> hands, Actor by) =>
        by.UserId is { } id ? [.. hands.Append(id).Distinct()] : hands;

    private static bool Same(string? kept, string given) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(kept ?? new string('-', HashLength)),
            Encoding.ASCII.GetBytes(given)
        );
}

public enum ApiKeyState
{
    Open = 1,
    Expired = 2,
    Revoked = 3,
}

public static class ApiKeyRefusals
{
    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);

    public static Refusal? For(string name, ApiScopes scopes, DateTime expiresAtUtc, DateTime nowUtc) =>
        Refusals.ForText("Name", name, ApiKey.NameMaxLength)
        ?? (
            scopes == ApiScopes.None
                ? new Refusal("api.no-scope", "Choose at least one thing that the key may do.", nameof(ApiScopes.AllocationsRead))
                : null
        )
        ?? (
            expiresAtUtc > nowUtc && expiresAtUtc <= nowUtc.AddDays(ApiKey.MostDays)
                ? null
                : new Refusal("api.expiry", $"A key lasts at least a day and at most {ApiKey.MostDays} days.", "Days")
        );

    public static Refusal? ForGrace(TimeSpan formerGoesOn) =>
        formerGoesOn >= TimeSpan.Zero && formerGoesOn <= LongestGrace
            ? null
            : new Refusal("api.grace", "The secret before may go on for at most 7 days.", "Hours");

    public static readonly Refusal NotOwner = new(
        "api.not-owner",
        "A key acts for one person: only they and an administrator see its secret. Make a key of your own."
    );
    public static readonly Refusal NoOwner = new(
        "api.no-owner",
        "Choose somebody who may prepare allocation files for this client.",
        "OwnerId"
    );
    public static readonly Refusal NoClient = new("api.no-client", "Choose the client whose systems will use the key.", "ClientId");
    public static readonly Refusal Unknown = new("api.key", "Send a key of this portal: 'Authorization: Bearer plum_…'.");
    public static readonly Refusal OwnerGone = new(
        "api.owner-gone",
        "The person on whose authority this key acts may no longer act for this client. Make a key of somebody else's."
    );

    public static Refusal Scope(ApiScopes scope) =>
        new("api.scope", $"This key has no scope {ApiScopeNames.Of(scope)}. Make one that has it.");
}
