using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Domain.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>The names behind the keys in the catalogue's address, asked for once.</summary>
public sealed class CatalogueChoices(BrandService brands, SupplierService suppliers, ProgrammeService programmes)
{
    public async Task<(BrandChoice?, SupplierChoice?, ProgrammeChoice?)> OfAsync(
        (Guid? Brand, Guid? Supplier, Guid? Programme) wanted,
        (BrandChoice? Brand, SupplierChoice? Supplier, ProgrammeChoice? Programme) known,
        Actor by,
        CancellationToken ct
    ) =>
        (
            wanted.Brand == known.Brand?.Id ? known.Brand
            : wanted.Brand is { } brand ? await brands.ChoiceAsync(brand, by, ct)
            : null,
            wanted.Supplier == known.Supplier?.Id ? known.Supplier
            : wanted.Supplier is { } supplier ? await suppliers.ChoiceAsync(supplier, by, ct)
            : null,
            wanted.Programme == known.Programme?.Id ? known.Programme
            : wanted.Programme is { } programme ? await programmes.ChoiceAsync(programme, by, ct)
            : null
        );
}
