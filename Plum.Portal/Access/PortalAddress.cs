namespace Plum.Portal.Access;

/// <summary>
/// The portal's own address, for links in messages: from <c>Portal:Url</c>. A request's Host header is its sender's word; only in
/// Development does it do.
/// </summary>
public sealed class PortalAddress(IConfiguration configuration, IHostEnvironment environment)
{
    /// <param name="asked">The address that the browser used.</param>
    /// <returns>Null when it is not known.</returns>
    public Uri? Of(string asked) =>
        Configured(configuration) ?? (environment.IsDevelopment() ? new Uri(new Uri(asked).GetLeftPart(UriPartial.Authority)) : null);

    public static Uri? Configured(IConfiguration configuration) =>
        configuration["Portal:Url"] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url
        : throw new InvalidOperationException($"Portal:Url is '{text}'. Give the portal's whole address, such as https://plum.example.");
}
