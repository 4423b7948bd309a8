namespace Plum.Portal.Access;

/// <summary>Where the account pages are, and which addresses one may be sent back to.</summary>
public static class AccountPaths
{
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string SecondFactor = "/account/second-factor";
    public const string Denied = "/account/denied";
    public const string Forgotten = "/account/forgotten";
    public const string SetPassword = "/account/set-password";
    public const string Setup = "/account/setup";
    public const string Confirm = "/account/confirm";
    public const string Profile = "/account/profile";
    public const string Security = "/account/security";
    public const string Password = "/account/security/password";
    public const string Authenticator = "/account/security/authenticator";
    public const string Passkeys = "/account/security/passkeys";
    public const string PasskeyOptions = "/account/passkeys/options";
    public const string NewPasskeyOptions = "/account/passkeys/new-options";

    /// <summary>The address if it is a path of this portal, else the first page: nobody is sent elsewhere from here.</summary>
    public static string Local(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : "/";

    /// <summary>A path from the root. Browsers read a backslash as a slash and drop tabs and line breaks, so that those would lead elsewhere.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && url.Length <= 2000 && !url.Any(c => char.IsControl(c) || c == '\\');

    public static string With(string path, string? returnUrl) =>
        IsLocal(returnUrl) && returnUrl != "/" ? $"{path}?returnUrl={Uri.EscapeDataString(returnUrl!)}" : path;
}
