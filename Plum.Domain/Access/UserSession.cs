namespace Plum.Domain.Access;

/// <summary>
/// One sign-in in one browser, kept here and named in its cookie, so that it can be ended from here: by signing out, by an administrator,
/// by disabling the account, by time. The cookie alone opens nothing.
/// </summary>
public sealed class UserSession
{
    public const int AddressMaxLength = 45; // an IPv6 address with an IPv4 tail
    public const int BrowserMaxLength = 200;

    private UserSession() { } // EF Core

    public Guid Id { get; private init; }
    public Guid UserId { get; private init; }
    public DateTime StartedAtUtc { get; private init; }
    public SignInWay Way { get; private init; }
    public string? Address { get; private init; }
    public string? Browser { get; private init; }
    public DateTime SeenAtUtc { get; private set; }

    /// <summary>When the person last proved to be who they are.</summary>
    public DateTime ConfirmedAtUtc { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }

    public static UserSession Start(Guid userId, SignInWay way, string? address, string? browser, DateTime nowUtc) =>
        new()
        {
            UserId = userId,
            Way = way,
            Address = Cut(address, AddressMaxLength),
            Browser = Cut(browser, BrowserMaxLength),
            StartedAtUtc = nowUtc,
            SeenAtUtc = nowUtc,
            ConfirmedAtUtc = nowUtc,
        };

    public bool IsOver(DateTime nowUtc) => EndedAtUtc is not null || nowUtc >= EndsAtUtc;

    /// <summary>When it ends by itself if nothing more is done in it.</summary>
    public DateTime EndsAtUtc
    {
        get
        {
            var (idle, last) = (SeenAtUtc + SignInRules.SessionIdles, StartedAtUtc + SignInRules.SessionLasts);
            return idle < last ? idle : last;
        }
    }

    public bool IsConfirmed(DateTime nowUtc) => !IsOver(nowUtc) && nowUtc < ConfirmedAtUtc + SignInRules.ConfirmationLasts;

    public void See(DateTime nowUtc) => SeenAtUtc = nowUtc > SeenAtUtc ? nowUtc : SeenAtUtc;

    public void Confirm(DateTime nowUtc) => ConfirmedAtUtc = nowUtc;

    public void End(DateTime nowUtc) => EndedAtUtc ??= nowUtc;

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}

public enum SignInWay
{
    Password = 1,
    PasswordAndCode = 2,
    PasswordAndRecoveryCode = 3,
    Passkey = 4,
}
