using Plum.Domain.Api;

namespace Plum.Data.Api;

/// <param name="OwnerId">On whose authority it acts; null for whoever makes it.</param>
public sealed record MakeApiKey(Guid ClientId, Guid? OwnerId, string Name, ApiScopes Scopes, int Days);

/// <param name="FormerGoesOn">How long the secret before may still be used.</param>
public sealed record RotateApiKey(Guid Id, int SeenVersion, TimeSpan FormerGoesOn);

public sealed record RevokeApiKey(Guid Id, int SeenVersion);

public sealed record ApiKeyListQuery(int Skip = 0, int Take = 50, Guid? ClientId = null, bool? IsOpen = null);

public sealed record ApiKeyRow(
    Guid Id,
    string Name,
    string Prefix,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    Guid OwnerId,
    string Owner,
    ApiScopes Scopes,
    DateTime MadeAtUtc,
    string MadeBy,
    DateTime ExpiresAtUtc,
    DateTime? LastUsedAtUtc,
    DateTime? FormerUntilUtc,
    ApiKeyState State,
    int Version
);

public sealed record ApiKeyOwner(Guid Id, string Name, string Email);
