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
        RefusedException.ThrowIf(ProgrammeRefusals.ForCode(code) ?? ProgrammeRefusals.ForTerms(name, currency));

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
        RefusedException.ThrowIf(ProgrammeRefusals.ForTerms(name, currency));

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
    public static Refusal? ForCode(string? code) => Refusals.ForText("Code", code, Programme.CodeMaxLength);

    public static Refusal? ForTerms(string? name, string? currency) =>
        Refusals.ForText("Name", name, Programme.NameMaxLength)
        ?? (
            Currencies.Exists(currency)
                ? null
                : new Refusal("programme.currency", $"'{currency}' is not a currency that Plum knows.", "Currency")
        );
}
