using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Plum.Data.Shared;

/// <summary>
/// On SQLite a Guid is a 16-byte blob in big-endian order, and a new key is of version 7: blobs sort by their bytes, so keys sort by time and
/// an index on them is less than half of what text would need.
/// </summary>
internal static class SqliteKeys
{
    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid FromBytes(byte[] bytes) => new(bytes, bigEndian: true);

    public static void Apply(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.ClrType == typeof(Guid) || property.ClrType == typeof(Guid?))
            {
                property.SetValueConverter(new GuidBlobConverter());
                if (property.IsPrimaryKey() && property.ClrType == typeof(Guid) && !property.IsForeignKey())
                {
                    property.ValueGenerated = ValueGenerated.OnAdd;
                    property.SetValueGeneratorFactory((_, _) => new Version7Generator());
                }
            }
        }
    }

    private sealed class GuidBlobConverter() : ValueConverter<Guid, byte[]>(id => ToBytes(id), bytes => FromBytes(bytes));

    private sealed class Version7Generator : ValueGenerator<Guid>
    {
        public override bool GeneratesTemporaryValues => false;

        public override Guid Next(EntityEntry entry) => Guid.CreateVersion7();
    }
}
