using Plum.Domain.Shared;

namespace Plum.Domain.Access;

public static class AccessRefusals
{
    /// <summary>One answer for an unknown address, a wrong password, a locked account and a disabled one, so that none can be told from another.</summary>
    public static readonly Refusal WrongSignIn = new(
        "access.wrong-sign-in",
        $"That e-mail address and password do not fit together, or the account cannot be used now. After {SignInRules.Attempts} failed attempts it is locked for {SignInRules.LockMinutes} minutes."
    );
    public static readonly Refusal WrongCode = new(
        "access.wrong-code",
        "That code is not right, or was used already. Wait for the app to show the next one and type that.",
        "Code"
    );
    public static readonly Refusal WrongRecoveryCode = new(
        "access.wrong-recovery-code",
        "That recovery code is not one of yours, or was used already. Try another.",
        "Code"
    );
    public static readonly Refusal WrongPassword = new("access.wrong-password", "That is not your password. Type it again.", "Password");
    public static readonly Refusal Again = new("access.again", "The two passwords differ. Type the same one twice.", "Again");
    public static readonly Refusal WrongPasskey = new(
        "access.wrong-passkey",
        "That passkey does not open an account here. Sign in with your password instead."
    );
    public static readonly Refusal NoPasskeyMade = new(
        "access.no-passkey-made",
        "The browser made no passkey that can be used here. Try again, or use another browser or key."
    );
    public static readonly Refusal LinkSpent = new(
        "access.link-spent",
        "This link was used already, or is too old. Ask for a new one on the page for forgotten passwords, or ask whoever invited you."
    );
    public static readonly Refusal SetUpAlready = new("access.set-up-already", "Plum is set up already. Sign in, or ask an administrator.");
    public static readonly Refusal WrongSetupCode = new(
        "access.wrong-setup-code",
        "That is not the setup code. It stands in the portal's log, where it started.",
        "Code"
    );

    public static readonly Refusal NoRole = new("access.no-role", "Give at least one role.", "Roles");
    public static readonly Refusal UnknownRole = new("access.unknown-role", "That is not a role. Choose from the list.", "Roles");
    public static readonly Refusal BoundTwice = new(
        "access.bound-twice",
        "A person belongs to one client or to one partner institution, not to both. Choose one.",
        "Client"
    );
    public static readonly Refusal PartnerOnly = new(
        "access.partner-only",
        "Somebody of a partner institution is its maker (Agent, Senior agent), its checker, its auditor, or Partner. Take the other roles away.",
        "Roles"
    );
    public static readonly Refusal Unbound = new(
        "access.unbound",
        "The role Partner is for somebody of a client or a partner institution. Choose which.",
        "Client"
    );
    public static readonly Refusal BoundAdministrator = new(
        "access.bound-administrator",
        "An administrator belongs to no client. Take the client away, or the role.",
        "Roles"
    );

    public static readonly Refusal OwnRoles = new(
        "access.own-roles",
        "Nobody changes their own roles. Ask another administrator.",
        "Roles"
    );
    public static readonly Refusal OwnAccount = new("access.own-account", "Nobody disables their own account. Ask another administrator.");
    public static readonly Refusal OwnSecondFactor = new(
        "access.own-second-factor",
        "Change your own second factor on your security page, or ask another administrator."
    );
    public static readonly Refusal PartnerTaken = new(
        "access.partner-taken",
        "There is a partner institution of that name already. Choose it from the list.",
        "Partner"
    );
    public static readonly Refusal LastAdministrator = new(
        "access.last-administrator",
        "This is the last administrator who can sign in. Make somebody else administrator first."
    );
    public static readonly Refusal DisabledAlready = new("access.disabled-already", "This account is disabled already.");
    public static readonly Refusal NotDisabled = new("access.not-disabled", "This account is not disabled.");
    public static readonly Refusal AcceptedAlready = new(
        "access.accepted-already",
        "This person has set a password already. They can ask for a new one where they sign in."
    );
    public static readonly Refusal EmailTaken = new(
        "access.email-taken",
        "Somebody has this e-mail address already. Look for them in the list.",
        "Email"
    );
    public static readonly Refusal NoAddress = new(
        "access.no-address",
        "The portal does not know its own address, so that the message could carry no link. Set Portal:Url in the configuration."
    );
    public static readonly Refusal NotConfirmed = new("access.not-confirmed", "Confirm that it is you before you change how you sign in.");
    public static readonly Refusal NoSecondFactor = new("access.no-second-factor", "No authenticator app is set up for this account.");
    public static readonly Refusal TooManyPasskeys = new(
        "access.too-many-passkeys",
        $"An account holds {SignInRules.Passkeys} passkeys at most. Remove one first."
    );

    public static Refusal? ForEmail(string? email) =>
        Refusals.ForText("Email", email, AccountRules.EmailMaxLength)
        ?? (
            AccountRules.IsEmail(email!.Trim())
                ? null
                : new("access.email-form", "That is not an e-mail address. Use one such as ana@example.com.", "Email")
        );

    public static Refusal? ForName(string? name) => Refusals.ForText("Name", name, AccountRules.NameMaxLength);

    public static Refusal? ForTimeZone(string? id) =>
        id is null || (id.Length <= AccountRules.TimeZoneMaxLength && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))
            ? null
            : new("access.time-zone", "That is not a time zone. Use a name such as Asia/Kolkata.", "TimeZone");

    public static Refusal? ForCulture(string? tag) =>
        tag is null || AccountRules.Cultures.Contains(tag)
            ? null
            : new("access.culture", "Dates and numbers cannot be shown that way. Choose from the list.", "Culture");
}
