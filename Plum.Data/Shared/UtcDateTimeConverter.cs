using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plum.Data.Shared;

/// <summary>Neither datetime2 nor SQLite text keeps a Kind; everything stored here is UTC, and a local time is a bug.</summary>
internal sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(value => Checked(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime Checked(DateTime value) =>
        value.Kind == DateTimeKind.Utc ? value : throw new InvalidOperationException($"{value:O} is not UTC.");
}
