using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plum.Data.Shared;

internal static class JsonColumn
{
    /// <summary>Keeps a small immutable value as JSON text, the same on both providers. The value is replaced as a whole, never edited in place.</summary>
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> property)
        where T : class? =>
        property.HasConversion(
            new ValueConverter<T, string>(value => Write(value), text => Read<T>(text)),
            new ValueComparer<T>(
                (a, b) => Write(a!) == Write(b!),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => value
            )
        );

    /// <summary>As <see cref="HasJsonConversion"/>, and a null of ours is a NULL of the column.</summary>
    public static PropertyBuilder<T?> HasJsonOrNull<T>(this PropertyBuilder<T?> property)
        where T : class
    {
        property.HasConversion(
            new ValueConverter<T?, string?>(value => Write(value), text => Read<T>(text!)),
            new ValueComparer<T?>(
                (a, b) => Write(a) == Write(b),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => value
            )
        );
        return property;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
}
