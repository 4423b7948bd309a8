using System.Globalization;

namespace Plum.Domain.Shared;

/// <summary>An amount in the minor unit of one currency: <c>new Money(1250, "GBP")</c> is 12.50 GBP, <c>new Money(1250, "JPY")</c> is 1250 JPY.</summary>
public readonly record struct Money(long MinorUnits, string Currency)
{
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? left with
            {
                MinorUnits = checked(left.MinorUnits + right.MinorUnits),
            }
            : throw new InvalidOperationException($"Cannot add {left.Currency} to {right.Currency}.");

    public static Money operator -(Money left, Money right) => left + right with { MinorUnits = checked(-right.MinorUnits) };

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>The amount in major units: exact, because it is decimal and the exponent is at most 4.</summary>
    public decimal Major => MinorUnits / Currencies.Scale(Currency);

    /// <summary>As a person reads it in <paramref name="culture"/>, with the code in front: <c>INR 1,250.00</c>.</summary>
    public string Format(CultureInfo culture) => $"{Currency} {Major.ToString("N" + Currencies.Exponent(Currency), culture)}";

    public override string ToString() => Format(CultureInfo.InvariantCulture);
}
