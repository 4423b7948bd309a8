using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Plum.Tests.Shared;

/// <summary>
/// Refuses locked packages that an advisory names, for package sources that carry no advisories of their own. Each row: the package, the first
/// fixed version, the advisory.
/// </summary>
public class KnownVulnerablePackages
{
    private static readonly (string Package, string Fixed, string Advisory)[] Advisories =
    [
        ("Azure.Identity", "1.11.4", "GHSA-m5vv-6r4h-3vj9"),
        ("BouncyCastle.Cryptography", "2.3.1", "GHSA-8xfc-gm6g-vgpv"),
        ("MailKit", "4.16.0", "GHSA-9j88-vvj5-vhgr"),
        ("Microsoft.Data.SqlClient", "5.1.3", "GHSA-98g6-xh36-x2p7"),
        ("Microsoft.Identity.Client", "4.61.3", "GHSA-x674-v45j-fwxw"),
        ("Microsoft.IdentityModel.JsonWebTokens", "7.1.2", "GHSA-59j7-ghrg-fj52"),
        ("MimeKit", "4.7.1", "GHSA-gmc6-fwg3-75m5"),
        ("Newtonsoft.Json", "13.0.1", "GHSA-5crp-9r3c-p9vr"),
        ("SkiaSharp", "2.88.6", "GHSA-j7hp-h8jx-5ppr"),
        ("SQLitePCLRaw.lib.e_sqlite3", "2.1.11", "GHSA-2m69-gcr7-jv3q"),
        ("System.Drawing.Common", "5.0.3", "GHSA-rxg9-xrhp-64gj"),
        ("System.Formats.Asn1", "8.0.1", "GHSA-447r-wph3-92pm"),
        ("System.IdentityModel.Tokens.Jwt", "7.1.2", "GHSA-59j7-ghrg-fj52"),
        ("System.IO.Packaging", "8.0.1", "GHSA-f32c-w444-8ppv"),
        ("System.Net.Http", "4.3.4", "GHSA-7jgj-8wvc-jh57"),
        ("System.Security.Cryptography.Pkcs", "8.0.0", "GHSA-555c-2p6r-68mm"),
        ("System.Security.Cryptography.Xml", "4.7.1", "GHSA-vh55-786g-wjwj"),
        ("System.Text.Encodings.Web", "4.7.2", "GHSA-ghhp-997w-qr28"),
        ("System.Text.Json", "8.0.5", "GHSA-8g4q-xg66-9fp4"),
        ("System.Text.RegularExpressions", "4.3.1", "GHSA-cmhx-cq75-c4mj"),
    ];

    [Fact]
    public void No_locked_package_is_known_to_be_vulnerable()
    {
        var locked = Locked().ToList();

        Assert.True(locked.Count > 100, "The lock files were read.");
        Assert.Empty(
            from package in locked
            join advisory in Advisories on package.Id equals advisory.Package
            where package.Version < Version.Parse(advisory.Fixed)
            select $"{package.Id} {package.Version} is older than {advisory.Fixed} ({advisory.Advisory})"
        );
    }

    private static IEnumerable<(string Id, Version Version)> Locked([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
        foreach (
            var file in Directory.EnumerateDirectories(root, "Plum.*").Select(d => Path.Combine(d, "packages.lock.json")).Where(File.Exists)
        )
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (
                var package in json
                    .RootElement.GetProperty("dependencies")
                    .EnumerateObject()
                    .SelectMany(framework => framework.Value.EnumerateObject())
            )
            {
                if (package.Value.TryGetProperty("resolved", out var resolved))
                {
                    yield return (package.Name, Version.Parse(resolved.GetString()!.Split('-', '+')[0]));
                }
            }
        }
    }
}
