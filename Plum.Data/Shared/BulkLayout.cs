using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Plum.Data.Shared;

/// <summary>A table as the model lays it out: the mapped columns first, then the rest with what they hold in a new entity.</summary>
internal sealed record BulkLayout(string Table, IReadOnlyList<BulkColumn> Columns)
{
    public static BulkLayout Of(IEntityType entity, IReadOnlyList<string> mapped)
    {
        var table = entity.GetTableMappings().Single(m => m.IsSharedTablePrincipal != false).Table;
        var blank = Activator.CreateInstance(entity.ClrType, nonPublic: true)!;
        var columns = mapped.Select(name =>
            table.FindColumn(name) is { } column
                ? Of(column, standing: null)
                : throw new InvalidOperationException($"{table.Name} has no column {name}.")
        );
        var rest = table
            .Columns.Where(c => !mapped.Contains(c.Name, StringComparer.Ordinal) && !IsGenerated(c))
            .Select(c => Of(c, Blank(c, blank)));
        return new BulkLayout(table.Name, [.. columns, .. rest]);
    }

    private static BulkColumn Of(IColumn column, object? standing) =>
        new(column.Name, column.PropertyMappings[0].TypeMapping.Converter?.ProviderClrType ?? column.ProviderClrType, standing);

    private static bool IsGenerated(IColumn column) =>
        column.ComputedColumnSql is not null
        || column.PropertyMappings.Any(m =>
            m.Property.ValueGenerated == ValueGenerated.OnAdd && m.Property.IsPrimaryKey() && m.Property.ClrType == typeof(long)
        );

    private static object? Blank(IColumn column, object blank)
    {
        var (mapping, property) = (column.PropertyMappings[0], column.PropertyMappings[0].Property);
        if (property.IsShadowProperty() || property.DeclaringType is IComplexType)
        {
            return column.IsNullable
                ? null
                : throw new InvalidOperationException($"Map {column.Table.Name}.{column.Name}: a new entity has nothing in it.");
        }

        var value = property.PropertyInfo is { } info ? info.GetValue(blank) : property.FieldInfo!.GetValue(blank);
        return value is not null && mapping.TypeMapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}

/// <param name="Standing">As the provider keeps it; for columns that are not mapped.</param>
internal sealed record BulkColumn(string Name, Type Type, object? Standing);
