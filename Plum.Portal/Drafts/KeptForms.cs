using System.Text.Json;
using Plum.Data.Drafts;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Drafts;

/// <param name="SeenVersion">The version that the form was filled from: saving over a later one is still noticed.</param>
public sealed record KeptForm<T>(T Form, int SeenVersion, DateTime AtUtc);

/// <summary>
/// Keeps a form of many fields as it stands on the server, so that leaving the page, a lost connection or a restart loses none of it. The form
/// is plain properties that System.Text.Json writes and reads. Scoped; components only.
/// </summary>
public sealed class KeptForms(DraftService drafts, CurrentActor actor)
{
    private sealed record Body<T>(T Form, int SeenVersion);

    /// <summary>Null when nothing is kept, or when the form looked otherwise then.</summary>
    public async Task<KeptForm<T>?> ReadAsync<T>(string key, CancellationToken ct)
        where T : class
    {
        if (await drafts.ReadAsync(key, await actor.GetAsync(), ct) is not { } kept)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Body<T>>(kept.Text) is { Form: { } form } body
                ? new KeptForm<T>(form, body.SeenVersion, kept.UpdatedAtUtc)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task<Outcome> KeepAsync<T>(string key, T form, int seenVersion)
        where T : class =>
        await drafts.KeepAsync(
            new KeepDraft(key, JsonSerializer.Serialize(new Body<T>(form, seenVersion))),
            await actor.GetAsync(),
            CancellationToken.None
        );

    public async Task ForgetAsync(string key) =>
        await drafts.KeepAsync(new KeepDraft(key, ""), await actor.GetAsync(), CancellationToken.None);
}
