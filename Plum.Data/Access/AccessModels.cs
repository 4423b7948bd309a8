using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>From where somebody signs in, as far as the connection tells.</summary>
public sealed record SignInPlace(string? Address, string? Browser);

/// <summary>What goes into the cookie of whoever signed in.</summary>
public sealed record SignedIn(
    Guid UserId,
    Guid SessionId,
    string Name,
    string Email,
    IReadOnlyList<Role> Roles,
    Guid? ClientId,
    Guid? PartnerId,
    string? TimeZoneId,
    string? Culture,
    bool? DarkMode
);

/// <summary>What became of an attempt to sign in.</summary>
public abstract record SignInAnswer
{
    private SignInAnswer() { }

    public sealed record Opened(SignedIn Who) : SignInAnswer;

    /// <summary>The password is right; a code is wanted too.</summary>
    public sealed record CodeWanted(Guid UserId) : SignInAnswer;

    public sealed record Refused(Refusal Why) : SignInAnswer;
}

public sealed record SessionRow(
    Guid Id,
    SignInWay Way,
    string? Address,
    string? Browser,
    DateTime StartedAtUtc,
    DateTime SeenAtUtc,
    bool IsThis
);

public sealed record PasskeyRow(string Id, string Name, DateTime CreatedAtUtc);

/// <summary>One's own account.</summary>
public sealed record AccountView(
    string Email,
    string Name,
    string? TimeZoneId,
    string? Culture,
    bool? DarkMode,
    IReadOnlyList<Role> Roles,
    string? ClientName,
    string? PartnerName,
    bool HasSecondFactor,
    int RecoveryCodesLeft,
    IReadOnlyList<PasskeyRow> Passkeys,
    int Version
);

/// <param name="Key">The secret as a person types it.</param>
/// <param name="Uri">The secret as an app reads it from a QR code.</param>
public sealed record AuthenticatorView(string Key, string Uri);

public sealed record ChangeProfile(string Name, string? TimeZoneId, string? Culture, bool? DarkMode, int SeenVersion);

public sealed record ChangePassword(Guid SessionId, string New);

public sealed record SetPassword(string Token, string New);

public sealed record RequestNewPassword(string Email, Uri? Portal);

public sealed record SetUpFirstAdministrator(string Name, string Email, string Password);

public sealed record RenamePasskey(string Id, string Name);
