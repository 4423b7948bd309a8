namespace Plum.Domain.Access;

/// <summary>How signing in is guarded, on one page.</summary>
public static class SignInRules
{
    /// <summary>Passwords and codes that may be wrong in a row before the account is locked.</summary>
    public const int Attempts = 5;
    public const int LockMinutes = 15;

    /// <summary>Of one address, per minute, over all accounts.</summary>
    public const int AttemptsPerAddress = 20;

    /// <summary>Between the password and the code.</summary>
    public static readonly TimeSpan SecondFactorWithin = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan ResetLinkLasts = TimeSpan.FromHours(2);
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>How long a confirmed password opens what guards the account itself.</summary>
    public static readonly TimeSpan ConfirmationLasts = TimeSpan.FromMinutes(10);

    /// <summary>A session ends after so long without anything done in it.</summary>
    public static readonly TimeSpan SessionIdles = TimeSpan.FromHours(2);

    /// <summary>A session ends after so long, whatever is done in it: a working day and a little.</summary>
    public static readonly TimeSpan SessionLasts = TimeSpan.FromHours(12);

    /// <summary>How often an open page asks whether its session still stands.</summary>
    public static readonly TimeSpan SessionChecked = TimeSpan.FromSeconds(20);

    public const int RecoveryCodes = 10;
    public const int Passkeys = 20;

    /// <summary>Open pages (circuits) of one person at once.</summary>
    public const int OpenPages = 30;
}
