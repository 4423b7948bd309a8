using Plum.Domain.Shared;

namespace Plum.Domain.Clients;

/// <summary>A client's incentive scheme.</summary>
public sealed class Programme : IVersioned
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 200;

    private Programme() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ClientId { get; private init; }

    /// <summary>Unique within its client; never changed.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";

    /// <summary>ISO 4217, or PTS for points.</summary>
    public string Currency { get; private set; } = "";
    public DeliveryChannel DefaultChannel { get; private set; } = DeliveryChannel.Email;
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Programme Start(Guid clientId, string code, string name, string currency, DeliveryChannel channel)
    {
        RefusedException.ThrowIf(ProgrammeRefusals.ForCode(code) ?? ProgrammeRefusals.ForTerms(name, currency, channel));

        return new Programme
        {
            ClientId = clientId,
            Code = code.Trim(),
            Name = name.Trim(),
            Currency = currency,
            DefaultChannel = channel,
        };
    }

    public void Change(string name, string currency, DeliveryChannel channel, bool isActive)
    {
        RefusedException.ThrowIf(ProgrammeRefusals.ForTerms(name, currency, channel));

        (Name, Currency, DefaultChannel, IsActive) = (name.Trim(), currency, channel, isActive);
    }
}

public enum DeliveryChannel
{
    Email = 1,
    Sms = 2,
    WhatsApp = 3,
}

public static class ProgrammeRefusals
{
    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, Programme.CodeMaxLength)
        ?? (
            code!.Trim().All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')
                ? null
                : new Refusal("programme.code-form", "Use capital letters, digits and hyphens only.", "Code")
        );

    public static Refusal? ForTerms(string? name, string? currency, DeliveryChannel channel = DeliveryChannel.Email) =>
        Each(name, currency, channel).FirstOrDefault();

    /// <summary>All that is wrong, one refusal a field, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(string? name, string? currency, DeliveryChannel channel) =>
        new[]
        {
            Refusals.ForText("Name", name, Programme.NameMaxLength),
            Currencies.Exists(currency) ? null
            : string.IsNullOrWhiteSpace(currency) ? new Refusal("programme.no-currency", "Choose a currency.", "Currency")
            : new Refusal("programme.currency", $"'{currency}' is not a currency that Plum knows.", "Currency"),
            Enum.IsDefined(channel) ? null : new Refusal("programme.channel", "Choose e-mail, SMS or WhatsApp.", "DefaultChannel"),
        }.OfType<Refusal>();

    public static Refusal Taken(string code) =>
        new("programme.taken", $"This client has a programme with the code {code.Trim()} already. Choose another code.", "Code");

    public static Refusal CurrencyInUse(string currency) =>
        new(
            "programme.currency-in-use",
            $"Orders were placed in this programme in {currency}. Start another programme for another currency.",
            "Currency"
        );
}
