namespace Plum.Data.Clients;

public sealed record ContactRow(Guid Id, string Name, string? Position, string Email, string? Phone, int Version);

public sealed record AddContact(Guid ClientId, string Name, string? Position, string Email, string? Phone);

public sealed record ChangeContact(Guid Id, int SeenVersion, string Name, string? Position, string Email, string? Phone);

public sealed record RemoveContact(Guid Id, int SeenVersion);
