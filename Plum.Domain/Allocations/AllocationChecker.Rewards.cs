using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>What they get, and whether they may: one method a rule.</summary>
public sealed partial class AllocationChecker
{
    private AllocationReward? Reward(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var code = Get(cells, AllocationField.Reward);
        if (code.Length == 0)
        {
            Blame(draft, AllocationField.Reward, null, "allocation.no-reward", "The code of a reward.", "Fill it in.");
            return null;
        }

        if (_world.Rewards.GetValueOrDefault(code) is not { } reward)
        {
            Blame(
                draft,
                AllocationField.Reward,
                code,
                "allocation.reward",
                "A code that the catalogue has.",
                "Look the reward up in the catalogue, and copy its code."
            );
            return null;
        }

        draft.RewardId = reward.Id;
        if (!reward.IsActive)
        {
            Blame(
                draft,
                AllocationField.Reward,
                code,
                "allocation.reward-off",
                "A reward that is sold.",
                $"{reward.Name} is no longer sold: choose another."
            );
        }

        if (!reward.IsAllowed)
        {
            Blame(
                draft,
                AllocationField.Reward,
                code,
                "allocation.reward-denied",
                "A reward that the programme may send.",
                $"{reward.Name} is not among them: choose another."
            );
        }

        return reward;
    }

    private string? Currency(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var text = Get(cells, AllocationField.Currency);
        if (text.Length == 0)
        {
            return _world.ProgrammeCurrency;
        }

        if (Currencies.Exists(text))
        {
            return text;
        }

        var upper = text.ToUpperInvariant();
        if (Currencies.Exists(upper))
        {
            return upper;
        }

        Blame(draft, AllocationField.Currency, text, "allocation.currency", "A currency as three letters, such as INR.", "Correct it.");
        return null;
    }

    private void Value(IReadOnlyList<string> cells, AllocationDraft draft, AllocationReward? reward)
    {
        var text = Get(cells, AllocationField.Value);
        if (text.Length == 0)
        {
            Blame(draft, AllocationField.Value, null, "allocation.no-value", "The value of the reward.", "Fill it in.");
            return;
        }

        if (AllocationCells.IsRounded(text))
        {
            Rounded(draft, AllocationField.Value, text);
            return;
        }

        var (mark, other) = _decimalComma ? (',', '.') : ('.', ',');
        if (Major(text, mark) is not { } major)
        {
            Blame(
                draft,
                AllocationField.Value,
                text,
                "allocation.value",
                $"A number in major units, with a {(mark == ',' ? "comma" : "full stop")} before the decimals, such as 1250{mark}50.",
                text.Contains(other, StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal)
                    ? "Write it without marks between thousands; or state the other decimal mark in the mapping."
                    : "Write the number alone."
            );
            return;
        }

        if (draft.Currency is not { } currency)
        {
            return; // blamed already: without it nothing more can be said
        }

        var exponent = Currencies.Exponent(currency);
        var minor = major * Currencies.Scale(currency);
        if (minor != decimal.Truncate(minor))
        {
            Blame(
                draft,
                AllocationField.Value,
                text,
                "allocation.decimals",
                exponent == 0
                    ? $"{currency} has no decimals."
                    : string.Create(CultureInfo.InvariantCulture, $"{currency} has {exponent} decimals."),
                "Round it."
            );
            return;
        }

        if (minor is <= 0 or > 1_000_000_000_000_000)
        {
            Blame(draft, AllocationField.Value, text, "allocation.value-sign", "A value above zero.", "Correct it.");
            return;
        }

        draft.Value = decimal.ToInt64(minor);
        if (reward is null || reward.Currency != currency)
        {
            return; // said elsewhere
        }

        if (reward.Denominations.Count > 0)
        {
            if (!reward.Denominations.Contains(draft.Value))
            {
                Blame(
                    draft,
                    AllocationField.Value,
                    text,
                    "allocation.denomination",
                    $"{reward.Name} is sold at {string.Join(", ", reward.Denominations.Take(12).Select(d => new Money(d, currency)))}.",
                    "Choose one of these values."
                );
            }
        }
        else if (draft.Value < reward.MinValue || draft.Value > reward.MaxValue)
        {
            Blame(
                draft,
                AllocationField.Value,
                text,
                "allocation.range",
                $"{reward.Name} is sold from {new Money(reward.MinValue, currency)} to {new Money(reward.MaxValue, currency)}.",
                "Choose a value between."
            );
        }
    }

    /// <summary>Digits with at most one mark: nothing between thousands, no sign of a currency. What two cultures read as two numbers is none.</summary>
    private static decimal? Major(string text, char mark)
    {
        var marks = 0;
        foreach (var c in text)
        {
            if (c == mark)
            {
                marks++;
            }
            else if (!char.IsAsciiDigit(c) && !(c == '-' && marks == 0 && text[0] == '-'))
            {
                return null;
            }
        }

        return
            marks <= 1
            && text.Length <= 20
            && char.IsAsciiDigit(text[^1])
            && decimal.TryParse(
                mark == ',' ? text.Replace(',', '.') : text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var major
            )
            ? major
            : null;
    }

    /// <summary>Whether the reward is sold to that country, in that currency.</summary>
    private void Sold(IReadOnlyList<string> cells, AllocationDraft draft, AllocationReward? reward)
    {
        if (reward is null)
        {
            return;
        }

        if (draft.Country is { } country && reward.Country != country)
        {
            Blame(
                draft,
                AllocationField.Reward,
                Get(cells, AllocationField.Reward),
                "allocation.reward-country",
                $"{reward.Name} is sold in {reward.Country}; the recipient is in {country}.",
                "Choose a reward of that country, or correct the country."
            );
        }

        if (draft.Currency is { } currency && reward.Currency != currency)
        {
            Blame(
                draft,
                AllocationField.Currency,
                currency,
                "allocation.reward-currency",
                $"{reward.Name} is sold in {reward.Currency}.",
                "Correct the currency, or choose a reward that is sold in it."
            );
        }
    }

    private void MayBeSent(AllocationDraft draft)
    {
        var barred = _world.IsBarred(draft.Email, draft.Phone, draft.EmployeeNumber);
        if (barred.HasFlag(Barred.OptedOut))
        {
            Blame(
                draft,
                AllocationField.Name,
                draft.Name,
                "allocation.opted-out",
                "Only people who did not opt out.",
                "Leave the row out. If they changed their mind, take the opt-out back on the recipient's page."
            );
        }

        if (barred.HasFlag(Barred.Left))
        {
            Blame(
                draft,
                AllocationField.Name,
                draft.Name,
                "allocation.left",
                "Only people who are still with the client.",
                "Leave the row out. If they came back, correct it on the recipient's page."
            );
        }
    }
}
