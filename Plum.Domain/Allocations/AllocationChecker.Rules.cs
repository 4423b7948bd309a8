using System.Globalization;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>Who gets it, and how: one method a rule.</summary>
public sealed partial class AllocationChecker
{
    /// <summary>SMS in one part of plain letters (GSM 03.38); more is charged and torn apart.</summary>
    public const int SmsMessageMaxLength = 160;

    private string? Text(IReadOnlyList<string> cells, AllocationDraft draft, AllocationField field, int longest)
    {
        var text = Get(cells, field);
        if (text.Length == 0)
        {
            return null;
        }

        if (AllocationCells.IsRounded(text))
        {
            Rounded(draft, field, text);
            return null;
        }

        if (text.Length > longest)
        {
            Blame(
                draft,
                field,
                text,
                "allocation.too-long",
                string.Create(CultureInfo.InvariantCulture, $"At most {longest} characters; there are {text.Length}."),
                "Shorten it."
            );
            return null;
        }

        return text;
    }

    private void Rounded(AllocationDraft draft, AllocationField field, string text) =>
        Blame(
            draft,
            field,
            text,
            "allocation.rounded",
            "All digits of the number.",
            "A spreadsheet rounded it and the digits are lost: format the column as text there, and type the number again."
        );

    private string? Name(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var name = Text(cells, draft, AllocationField.Name, Orders.Recipient.NameMaxLength);
        if (name is null && draft.Faults?.Any(f => f.Column == HeaderOf(AllocationField.Name)) != true)
        {
            Blame(draft, AllocationField.Name, null, "allocation.name", "The recipient's name.", "Fill it in.");
        }

        return name;
    }

    private string? Email(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Email);
        if (text.Length == 0)
        {
            return null;
        }

        var at = text.LastIndexOf('@');
        if (
            !Refusals.IsEmail(text)
            || text.Length > Orders.Recipient.EmailMaxLength
            || at > 64
            || text.IndexOf('.', at) < 0
            || text.Contains("..", StringComparison.Ordinal)
        )
        {
            Blame(draft, AllocationField.Email, text, "allocation.email", "One e-mail address, like name@company.com.", "Correct it.");
            return null;
        }

        return text.ToLowerInvariant();
    }

    private string? Phone(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Phone);
        if (text.Length == 0)
        {
            return null;
        }

        if (AllocationCells.IsRounded(text))
        {
            Rounded(draft, AllocationField.Phone, text);
            return null;
        }

        var phone = text.Length <= 40 ? _world.Phones.Read(text, draft.Country) : null;
        if (phone is null)
        {
            Blame(
                draft,
                AllocationField.Phone,
                text,
                "allocation.phone",
                draft.Country is { } country
                    ? $"A phone number that is in use in {country}, or one with a plus and its country code."
                    : "A phone number with a plus and its country code.",
                "Look for a digit too many or too few, or for another country."
            );
        }

        return phone;
    }

    private string? Country(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Country);
        if (text.Length == 0)
        {
            return null;
        }

        if (!_countries.TryGetValue(text, out var country))
        {
            country = CountryNames.Find(text);
            if (_countries.Count < 10_000)
            {
                _countries.Add(text, country);
            }
        }

        if (country is null)
        {
            Blame(draft, AllocationField.Country, text, "allocation.country", "A country as two letters, such as IN.", "Correct it.");
        }

        return country;
    }

    private string? Language(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Language);
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.Replace('_', '-').Split('-');
        if (
            text.Length > AllocationRow.LanguageMaxLength
            || parts[0].Length is < 2 or > 3
            || !parts[0].All(char.IsAsciiLetter)
            || parts.Skip(1).Any(p => p.Length is < 2 or > 8 || !p.All(char.IsAsciiLetterOrDigit))
        )
        {
            Blame(
                draft,
                AllocationField.Language,
                text,
                "allocation.language",
                "A language as two letters, such as de or pt-BR.",
                "Correct it."
            );
            return null;
        }

        parts[0] = parts[0].ToLowerInvariant();
        return string.Join('-', parts);
    }

    private DeliveryChannel? Channel(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Channel);
        if (text.Length == 0)
        {
            return _world.ProgrammeChannel;
        }

        if (!_channels.TryGetValue(text, out var channel))
        {
            channel = HeaderText.Normalise(text) switch
            {
                "email" or "mail" or "courriel" or "correo" or "correoelectronico" => DeliveryChannel.Email,
                "sms" or "text" or "textmessage" or "texto" => DeliveryChannel.Sms,
                "whatsapp" or "wa" => DeliveryChannel.WhatsApp,
                _ => null,
            };
            if (_channels.Count < 1_000)
            {
                _channels.Add(text, channel);
            }
        }

        if (channel is null)
        {
            Blame(
                draft,
                AllocationField.Channel,
                text,
                "allocation.channel",
                "Email, SMS or WhatsApp.",
                "Choose one of them, or leave it empty for the programme's."
            );
        }

        return channel;
    }

    /// <summary>Whether the channel has an address to send to.</summary>
    private void Address(AllocationDraft draft)
    {
        var (field, has, word) = draft.Channel switch
        {
            DeliveryChannel.Email => (AllocationField.Email, draft.Email is not null, "E-mail"),
            DeliveryChannel.Sms => (AllocationField.Phone, draft.Phone is not null, "SMS"),
            DeliveryChannel.WhatsApp => (AllocationField.Phone, draft.Phone is not null, "WhatsApp"),
            _ => (AllocationField.Channel, true, ""),
        };
        var isBlamed =
            draft.Faults?.Any(f =>
                f.Code is "allocation.email" or "allocation.phone" or "allocation.rounded" && f.Column == HeaderOf(field)
            ) == true;
        if (!has && !isBlamed)
        {
            Blame(
                draft,
                field,
                null,
                "allocation.address",
                field == AllocationField.Email ? $"{word} needs an e-mail address." : $"{word} needs a phone number.",
                "Fill it in, or choose another channel for the row."
            );
        }
    }

    private string? Message(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Message);
        var longest = draft.Channel == DeliveryChannel.Sms ? SmsMessageMaxLength : AllocationRow.MessageMaxLength;
        if (text.Length > longest)
        {
            Blame(
                draft,
                AllocationField.Message,
                text,
                "allocation.message",
                string.Create(CultureInfo.InvariantCulture, $"At most {longest} characters by this channel; there are {text.Length}."),
                "Shorten it."
            );
        }

        return text.Length == 0 ? null : text;
    }
}
