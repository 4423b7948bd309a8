using Plum.Data.Imports;
using Plum.Data.Shared;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Tests.Imports;

public class ImportReadingTests
{
    private const string Header = "Ref,Received,Product,Issue,Via,Closed,Outcome,Score,Mail,Phone,Order";
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly ImportWorld World = new(
        "America/New_York",
        [new ImportCategory(Guid.NewGuid(), "Mortgage / Billing", Severity.P2, Dispositions.FailedRedemption)],
        Dispositions.Standard(),
        []
    );

    private static readonly ImportMapping Mapping = new(
        [
            new(ImportField.SourceReference, ["Ref"]),
            new(ImportField.Created, ["Received"], Format: "M/d/yyyy"),
            new(ImportField.Category, ["Product", "Issue"]),
            new(
                ImportField.Channel,
                ["Via"],
                Values: new Dictionary<string, string> { ["postal mail"] = nameof(IntakeChannel.Post), ["N/A"] = "" }
            ),
            new(ImportField.Resolved, ["Closed"], Format: "M/d/yyyy"),
            new(
                ImportField.Disposition,
                ["Outcome"],
                Values: new Dictionary<string, string> { ["Closed with relief"] = Dispositions.RefundProcessed }
            ),
            new(ImportField.Csat, ["Score"]),
            new(ImportField.RecipientEmail, ["Mail"]),
            new(ImportField.RecipientPhone, ["Phone"]),
            new(ImportField.Order, ["Order"]),
        ],
        TimeOfDay: new TimeOnly(12, 0)
    );

    [Fact]
    public void A_good_row_is_the_ticket_that_it_will_be()
    {
        var (row, faults) = Read(
            "00123,1/31/2026,Mortgage,Billing,Postal mail,2/3/2026,Closed with relief,4,Jo@Example.com,'+44 7700-900123,gft-10293"
        );

        Assert.Empty(faults);
        Assert.Equal(
            new ImportRow(
                2,
                "00123",
                new DateTime(2026, 1, 31, 17, 0, 0, DateTimeKind.Utc),
                World.Categories["Mortgage / Billing"],
                "Mortgage / Billing",
                null,
                IntakeChannel.Post,
                Severity.P2,
                Dispositions.RefundProcessed,
                Stage.Final,
                null,
                new DateTime(2026, 2, 3, 17, 0, 0, DateTimeKind.Utc),
                null,
                null,
                4,
                "jo@example.com",
                "jo@example.com",
                "+447700900123",
                null,
                10293
            ),
            row
        );
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_row_is_told_at_once()
    {
        var (row, faults) = Read("1,31/1/2026,Loan,Fees,Pigeon,2/30/2026,Vanished,6,nobody,0123,order 7");

        Assert.Null(row);
        Assert.Equal(
            [
                "import.date Received '31/1/2026'",
                "import.category Product / Issue 'Loan / Fees'",
                "import.value Via 'Pigeon'",
                "import.date Closed '2/30/2026'",
                "import.value Outcome 'Vanished'",
                "shared.email Mail 'nobody'",
                "recipient.phone Phone '0123'",
                "import.csat Score '6'",
                "import.order-form Order 'order 7'",
            ],
            faults.Select(f => $"{f.Code} {f.Column} '{f.Value}'")
        );
        Assert.All(faults, f => Assert.Equal(2, f.Line));
    }

    [Theory]
    [InlineData("1,,Mortgage,Billing,Web,,,,,,", "import.missing", "Received")]
    [InlineData("1,1/2/2026,,,Web,,,,,,", "import.missing", "Product / Issue")]
    [InlineData("1,1/2/2026,Mortgage,Billing,N/A,,,,,,", "import.missing", "Via")]
    [InlineData("1,1/2/2027,Mortgage,Billing,Web,,,,,,", "import.future", "Received")]
    [InlineData("1,1/5/2026,Mortgage,Billing,Web,1/4/2026,Resolved,,,,", "import.order", "Closed")]
    [InlineData("1,1/5/2026,Mortgage,Billing,Web,,Resolved,,,,", "import.unresolved", "Closed")]
    [InlineData("1,1/5/2026,Mortgage,Billing,Web,1/6/2026,Vendor rejection,,,,", "import.still-open", "Closed")]
    [InlineData("1,1/5/2026,Mortgage,Billing,Web", "import.ragged", null)]
    [InlineData("1,1/5/2026,Mortgage,Billing,Web,,,,,,,extra", "import.ragged", null)]
    public void A_bad_row_is_located_and_told_how_to_be_mended(string line, string code, string? column)
    {
        var (row, faults) = Read(line);

        var fault = Assert.Single(faults);
        Assert.Null(row);
        Assert.Equal((code, column, 2L), (fault.Code, fault.Column, fault.Line));
        Assert.True(fault.Message.Length > 20);
    }

    [Fact]
    public void Leading_zeros_stay_and_long_text_is_refused_rather_than_cut()
    {
        var (row, _) = Read("007,1/5/2026,Mortgage,Billing,Web,,,,,,");
        var (cut, faults) = Read(new string('7', 101) + ",1/5/2026,Mortgage,Billing,Web,,,,,,");

        Assert.Equal("007", row!.SourceReference);
        Assert.Null(cut);
        Assert.Equal("import.too-long", Assert.Single(faults).Code);
    }

    [Fact]
    public void An_open_row_starts_with_its_categorys_first_disposition()
    {
        var (row, _) = Read("1,1/5/2026,mortgage,billing,web,,,,,,");

        Assert.Equal((Dispositions.FailedRedemption, Stage.Intake, null), (row!.Disposition, row.Stage, row.ResolvedAtUtc));
    }

    [Fact]
    public void A_category_is_made_only_when_it_is_named()
    {
        var mapping = Mapping with { NewCategories = [new NewCategory("Loan / Fees", Severity.P4)] };
        var (row, faults) = Read("1,1/5/2026,Loan,Fees,Web,,,,,,", mapping);

        Assert.Empty(faults);
        Assert.Equal((null, Severity.P4), (row!.Category.Id, row.Severity));
    }

    [Theory]
    [InlineData(ImportField.Created, "import.unmapped")]
    [InlineData(ImportField.Category, "import.unmapped")]
    [InlineData(ImportField.Channel, "import.unmapped")]
    public void A_mapping_without_what_every_ticket_needs_cannot_be_used(ImportField field, string code) =>
        Assert.Equal((code, field.ToString()), Of(ImportRefusals.ForMapping(Mapping.With(field, null), Header.Split(','), World)));

    [Fact]
    public void A_mapping_is_refused_for_a_column_a_form_or_a_value_that_is_not_there()
    {
        var headers = Header.Split(',');
        Assert.Null(ImportRefusals.ForMapping(Mapping, headers, World));
        Assert.Equal("import.no-column", Code(Mapping.With(ImportField.Subject, new(ImportField.Subject, ["Title"]))));
        Assert.Equal("import.format", Code(Mapping.With(ImportField.Created, new(ImportField.Created, ["Received"]))));
        Assert.Equal("import.too-many-columns", Code(Mapping.With(ImportField.Csat, new(ImportField.Csat, ["Score", "Ref"]))));
        Assert.Equal("import.constant", Code(Mapping.With(ImportField.Channel, new(ImportField.Channel, [], "Pigeon"))));
        Assert.Equal("import.time-zone", Code(Mapping with { TimeZoneId = "Mars/Olympus" }));
        Assert.Equal(
            "import.value-unknown",
            Code(
                Mapping.With(
                    ImportField.Channel,
                    new(ImportField.Channel, ["Via"], Values: new Dictionary<string, string> { ["Web"] = "Pigeon" })
                )
            )
        );
        Assert.Equal(
            "import.category-first",
            Code(Mapping with { NewCategories = [new NewCategory("New", FirstDisposition: Dispositions.Resolved)] })
        );

        string? Code(ImportMapping mapping) => ImportRefusals.ForMapping(mapping, headers, World)?.Code;
    }

    [Fact]
    public void Headers_are_known_by_many_names_and_dates_are_left_for_a_person_to_state()
    {
        var mapping = ImportHeaders.Suggest(
            ["Complaint ID", "DATE_RECEIVED", "Product", "Submitted via", "Timely response?", ImportHeaders.Errors],
            null
        );

        Assert.Equal(["Complaint ID"], mapping[ImportField.SourceReference]!.Columns);
        Assert.Equal(("DATE_RECEIVED", null), (mapping[ImportField.Created]!.Columns[0], mapping[ImportField.Created]!.Format));
        Assert.Equal(["Submitted via"], mapping[ImportField.Channel]!.Columns);
        Assert.Equal(["Timely response?"], mapping[ImportField.Timely]!.Columns);
        Assert.DoesNotContain(mapping.Fields, f => f.Columns.Contains(ImportHeaders.Errors));
    }

    [Fact]
    public void What_was_mapped_before_is_mapped_again_where_the_columns_are_there()
    {
        var mapping = ImportHeaders.Suggest(["REF", "received", "Product", "Issue", "Via"], Mapping);

        Assert.Equal(("received", "M/d/yyyy"), (mapping[ImportField.Created]!.Columns[0], mapping[ImportField.Created]!.Format));
        Assert.Equal(["Product", "Issue"], mapping[ImportField.Category]!.Columns);
        Assert.Equal(nameof(IntakeChannel.Post), mapping[ImportField.Channel]!.Values!["postal mail"]);
        Assert.Null(mapping[ImportField.Resolved]);
    }

    private static (string?, string?) Of(Domain.Shared.Refusal? refusal) => (refusal?.Code, refusal?.Field);

    private static (ImportRow? Row, IReadOnlyList<ImportFault> Faults) Read(string line, ImportMapping? mapping = null)
    {
        using var rows = new CsvRows(new StringReader($"{Header}\n{line}"), ',');
        rows.Read();
        rows.Read();
        var row = new ImportReading(mapping ?? Mapping, Header.Split(','), World, Now).Read(rows, out var faults);
        return (row, [.. faults]);
    }
}
