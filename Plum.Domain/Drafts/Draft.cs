using Plum.Domain.Shared;

namespace Plum.Domain.Drafts;

/// <summary>What one person has typed and not yet sent, kept so that a lost connection, a restart or a closed window loses none of it.</summary>
public sealed class Draft
{
    public const int KeyMaxLength = 200;
    public const int TextMaxLength = 50_000;

    /// <summary>A draft that nobody came back to in this time is dropped.</summary>
    public const int KeptDays = 90;

    private Draft() { } // EF Core

    public Guid UserId { get; private init; }

    /// <summary>The place it was typed in, such as <c>ticket:PLM-8812:reply</c>.</summary>
    public string Key { get; private init; } = "";
    public string Text { get; private set; } = "";
    public DateTime UpdatedAtUtc { get; private set; }

    public static Draft Begin(Guid userId, string key, string text, DateTime nowUtc)
    {
        RefusedException.ThrowIf(DraftRefusals.For(key, text));

        return new Draft
        {
            UserId = userId,
            Key = key,
            Text = text,
            UpdatedAtUtc = nowUtc,
        };
    }
}

public static class DraftRefusals
{
    public static readonly Refusal Nobody = new("draft.nobody", "Only a person who is signed in keeps drafts.");

    public static Refusal? For(string? key, string? text) =>
        string.IsNullOrWhiteSpace(key) || key.Length > Draft.KeyMaxLength
            ? new Refusal("draft.key", "This draft cannot be kept: its place has no name.")
        : text?.Length > Draft.TextMaxLength
            ? new Refusal("draft.too-long", $"This has {text.Length} characters; a draft keeps {Draft.TextMaxLength}. Shorten it.", "Text")
        : null;
}
