using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>Judges rows: everything that is wrong with one, not the first of it. Pure but for the world that it is given.</summary>
/// <remarks>That no other row holds the same key is for whoever keeps the rows to say. Not for two threads at once.</remarks>
public sealed partial class AllocationChecker
{
    private readonly bool _decimalComma;
    private readonly IReadOnlyList<string> _headers;
    private readonly AllocationWorld _world;
    private readonly bool _isFallback;
    private readonly int[][] _columns = new int[AllocationFields.All.Count + 1][];
    private readonly string?[] _constants = new string?[AllocationFields.All.Count + 1];
    private readonly Dictionary<string, string?> _countries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeliveryChannel?> _channels = new(StringComparer.Ordinal);

    public AllocationChecker(AllocationMapping mapping, FileForm form, AllocationWorld world)
    {
        (_headers, _world) = (form.Headers, world);
        _decimalComma = mapping.DecimalComma && !form.IsWorkbook; // a workbook's numbers are numbers
        _isFallback = form.Encoding == FileForm.Windows1252;
        foreach (var facts in AllocationFields.All)
        {
            var source = mapping[facts.Field];
            _columns[(int)facts.Field] = source is null ? [] : [.. source.Columns.Select(Position).Where(at => at >= 0)];
            _constants[(int)facts.Field] = string.IsNullOrWhiteSpace(source?.Constant) ? null : source.Constant.Trim();
        }
    }

    /// <summary>The code that the row names, to be looked up before it is checked.</summary>
    public string? RewardCode(IReadOnlyList<string> cells) => Get(cells, AllocationField.Reward) is { Length: > 0 } code ? code : null;

    /// <param name="cells">As the file has them.</param>
    public AllocationDraft Check(IReadOnlyList<string> cells)
    {
        var draft = new AllocationDraft();
        if (!Shape(cells, draft))
        {
            return draft;
        }

        Damage(cells, draft);
        draft.Reference = Text(cells, draft, AllocationField.Reference, AllocationRow.ReferenceMaxLength);
        draft.Name = Name(cells, draft);
        draft.EmployeeNumber = Text(cells, draft, AllocationField.EmployeeNumber, Orders.Recipient.EmployeeNumberMaxLength);
        draft.Country = Country(cells, draft);
        draft.Email = Email(cells, draft);
        draft.Phone = Phone(cells, draft);
        draft.Language = Language(cells, draft);
        draft.Channel = Channel(cells, draft);
        Address(draft);
        draft.Message = Message(cells, draft);
        var reward = Reward(cells, draft);
        draft.Currency = Currency(cells, draft);
        Value(cells, draft, reward);
        Sold(cells, draft, reward);
        MayBeSent(draft);
        draft.Key = Key(draft);
        return draft;
    }

    /// <summary>The row's own reference; without one, who gets what for how much in which month. In capitals, since people's cases vary.</summary>
    private string? Key(AllocationDraft draft)
    {
        if (!draft.IsGood)
        {
            return null;
        }

        if (draft.Reference is { } reference)
        {
            return "R:" + reference.ToUpperInvariant();
        }

        var who = (draft.EmployeeNumber ?? draft.Email ?? draft.Phone!).ToUpperInvariant();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{who}\n{draft.RewardId:N}\n{draft.Value}\n{draft.Currency}\n{_world.Period}"
        );
        return "H:" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 18);
    }

    /// <summary>Whether the row has the cells that the header names, and is no header itself.</summary>
    private bool Shape(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        if (
            cells.Count != _headers.Count
            && (cells.Count < _headers.Count || cells.Skip(_headers.Count).Any(c => !string.IsNullOrWhiteSpace(c)))
        )
        {
            draft.Blame(
                AllocationFault.Of(
                    "allocation.ragged",
                    null,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The header names {_headers.Count} columns; this row has {cells.Count} cells."
                    ),
                    "Look for a delimiter too many or too few, or for text with a delimiter in it that is not in quotation marks."
                )
            );
            return false;
        }

        if (cells.Count > 1 && cells[0].AsSpan().Trim().Equals(_headers[0], StringComparison.OrdinalIgnoreCase) && IsHeader(cells))
        {
            draft.Blame(
                AllocationFault.Of(
                    "allocation.header-again",
                    null,
                    null,
                    "The row repeats the header.",
                    "Leave it out: two files were put together, perhaps."
                )
            );
            return false;
        }

        return true;
    }

    private bool IsHeader(IReadOnlyList<string> cells) =>
        _headers.Zip(cells).All(p => p.Second.AsSpan().Trim().Equals(p.First, StringComparison.OrdinalIgnoreCase));

    /// <summary>What no mapped cell may hold, whatever its field.</summary>
    private void Damage(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        foreach (var facts in AllocationFields.All)
        {
            foreach (var column in _columns[(int)facts.Field])
            {
                var cell = cells[column].AsSpan();
                if (AllocationCells.IsPlain(cell, _isFallback))
                {
                    continue;
                }

                if (AllocationCells.HasControls(cell))
                {
                    Blame(draft, column, cells, "allocation.control", "No control characters.", "Type the cell again.");
                }

                if (facts.Field != AllocationField.Message && cell.Trim().ContainsAny('\t', '\n', '\r'))
                {
                    Blame(draft, column, cells, "allocation.lines", "One line of text.", "Take the line breaks and tabs out of the cell.");
                }

                if (AllocationCells.IsGarbled(cell, _isFallback))
                {
                    Blame(
                        draft,
                        column,
                        cells,
                        "allocation.garbled",
                        "Text in one encoding.",
                        "Some letters could not be read: save the file as UTF-8, or type the cell again."
                    );
                }

                if (AllocationCells.IsError(cell))
                {
                    Blame(
                        draft,
                        column,
                        cells,
                        "allocation.formula",
                        "A value.",
                        "The spreadsheet's formula failed: put in what was meant."
                    );
                }
            }
        }
    }

    private int Position(string header)
    {
        for (var i = 0; i < _headers.Count; i++)
        {
            if (string.Equals(_headers[i], header, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The text of a field: its column's, else the constant; empty where there is neither.</summary>
    private string Get(IReadOnlyList<string> cells, AllocationField field)
    {
        var columns = _columns[(int)field];
        if (columns.Length == 0)
        {
            return _constants[(int)field] ?? "";
        }

        var text = columns[0] < cells.Count ? AllocationCells.Text(cells[columns[0]]) : "";
        for (var i = 1; i < columns.Length; i++)
        {
            if (columns[i] < cells.Count && AllocationCells.Text(cells[columns[i]]) is { Length: > 0 } more)
            {
                text = text.Length == 0 ? more : $"{text} {more}";
            }
        }

        return text.Length == 0 ? _constants[(int)field] ?? "" : text;
    }

    private string? HeaderOf(AllocationField field) => _columns[(int)field] is { Length: > 0 } columns ? _headers[columns[0]] : null;

    private void Blame(AllocationDraft draft, AllocationField field, string? value, string code, string allowed, string remedy) =>
        draft.Blame(AllocationFault.Of(code, HeaderOf(field), value, allowed, remedy));

    private void Blame(AllocationDraft draft, int column, IReadOnlyList<string> cells, string code, string allowed, string remedy)
    {
        if (draft.Faults?.Any(f => f.Code == code && f.Column == _headers[column]) != true)
        {
            draft.Blame(AllocationFault.Of(code, _headers[column], cells[column], allowed, remedy));
        }
    }
}
