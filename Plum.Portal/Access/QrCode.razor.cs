using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Plum.Portal.Access;

public partial class QrCode
{
    private string _path = "";
    private int _size;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    protected override void OnParametersSet() => (_path, _size) = Draw(Text);

    /// <returns>A path of one unit a module, and the side of the square, with the quiet zone of four modules around it (ISO/IEC 18004, 5.3.8).</returns>
    internal static (string Path, int Size) Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return (path.ToString(), data.ModuleMatrix.Count);
    }
}
