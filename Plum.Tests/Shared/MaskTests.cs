using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

public class MaskTests
{
    [Theory]
    [InlineData("jane.okafor@acme.com", "j…@acme.com")]
    [InlineData("@acme.com", "…")]
    [InlineData(null, null)]
    public void A_masked_address_keeps_its_first_letter_and_domain(string? email, string? masked) =>
        Assert.Equal(masked, Mask.Email(email));

    [Theory]
    [InlineData("Jane  van Okafor", "J… v… O…")]
    [InlineData("🎁 Box", "🎁… B…")]
    public void A_masked_name_keeps_its_initials(string name, string masked) => Assert.Equal(masked, Mask.Name(name));
}
