using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using JudgedBy = Plum.Domain.Allocations.AllocationWorld;

namespace Plum.Tests.Allocations;

public class AllocationCheckerTests
{
    private static readonly string[] Headers = AllocationFields.All.Select(f => f.Header).ToArray();

    private static readonly AllocationReward Card = new(
        Guid.NewGuid(),
        "CARD-IN",
        "Card",
        "IN",
        "INR",
        [50_000, 100_000],
        0,
        0,
        IsActive: true,
        IsAllowed: true
    );

    [Fact]
    public void A_good_row_is_read_as_it_is_meant()
    {
        var draft = Check(
            reference: " 00123 ",
            name: "  Asha Rao",
            email: "Asha.Rao@Example.COM",
            phone: "098123 45678",
            country: "India",
            language: "hi_IN",
            channel: "Whats App",
            reward: "card-in",
            value: "500",
            currency: "inr",
            message: "Well done"
        );

        Assert.Null(draft.Faults);
        Assert.Equal(
            ("00123", "Asha Rao", "asha.rao@example.com", "+919812345678", "IN", "hi-IN", DeliveryChannel.WhatsApp, 50_000L, "INR"),
            (
                draft.Reference,
                draft.Name,
                draft.Email,
                draft.Phone,
                draft.Country,
                draft.Language,
                draft.Channel,
                draft.Value,
                draft.Currency
            )
        );
        Assert.Equal((Card.Id, "R:00123", "Well done"), (draft.RewardId!.Value, draft.Key, draft.Message));
    }

    [Fact]
    public void All_that_is_wrong_with_a_row_is_said_and_where()
    {
        var draft = Check(
            reference: "9.19E+11",
            name: "",
            email: "nobody@nowhere",
            phone: "12",
            country: "Atlantis",
            language: "klingonese",
            channel: "Pigeon",
            reward: "NONE",
            value: "1,250.00",
            currency: "XYZ",
            message: new string('x', 501)
        );

        Assert.Equal(
            [
                "reference allocation.rounded",
                "name allocation.name",
                "country allocation.country",
                "email allocation.email",
                "phone allocation.phone",
                "language allocation.language",
                "channel allocation.channel",
                "message allocation.message",
                "reward allocation.reward",
                "currency allocation.currency",
                "value allocation.value",
            ],
            draft.Faults!.Select(f => $"{f.Column} {f.Code}")
        );
        Assert.All(draft.Faults!, f => Assert.True(f.Allowed.Length > 5 && f.Remedy.Length > 5));
        Assert.Null(draft.Key);
    }

    [Theory]
    // Spreadsheet damage
    [InlineData("phone", "9.19812E+11", "allocation.rounded")]
    [InlineData("phone", "9,19812E+11", "allocation.rounded")]
    [InlineData("employee_number", "1E+05", "allocation.rounded")]
    [InlineData("value", "5E+2", "allocation.rounded")]
    [InlineData("name", "#N/A", "allocation.formula")]
    [InlineData("name", "#REF!", "allocation.formula")]
    [InlineData("name", "M\ufffdller", "allocation.garbled")]
    [InlineData("message", "a\u0000b", "allocation.control")]
    [InlineData("name", "Jane\nOkafor", "allocation.lines")]
    // Addresses
    [InlineData("email", "two@@example.com", "allocation.email")]
    [InlineData("email", "a..b@example.com", "allocation.email")]
    [InlineData("email", "a@example.com;b@example.com", "allocation.email")]
    [InlineData("email", "", "allocation.address")]
    [InlineData("phone", "98123", "allocation.phone")]
    [InlineData("phone", "+44 12", "allocation.phone")]
    [InlineData("phone", "98123 45678 ext. 5", "allocation.phone")]
    [InlineData("phone", "98123ABCDE", "allocation.phone")]
    // Values
    [InlineData("value", "", "allocation.no-value")]
    [InlineData("value", "500,00", "allocation.value")]
    [InlineData("value", "INR 500", "allocation.value")]
    [InlineData("value", "5 00", "allocation.value")]
    [InlineData("value", "500.005", "allocation.decimals")]
    [InlineData("value", "-500", "allocation.value-sign")]
    [InlineData("value", "0", "allocation.value-sign")]
    [InlineData("value", "750", "allocation.denomination")]
    [InlineData("value", "١٠٠٠", "allocation.value")]
    [InlineData("value", "99999999999999999999", "allocation.value-sign")]
    [InlineData("currency", "GBP", "allocation.reward-currency")]
    [InlineData("reward", "", "allocation.no-reward")]
    [InlineData(
        "reference",
        "x234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123",
        "allocation.too-long"
    )]
    public void One_wrong_cell_is_one_fault_in_its_column(string header, string text, string code)
    {
        var cells = Good();
        cells[Array.IndexOf(Headers, header)] = text;

        var fault = Assert.Single(Checker().Check(cells).Faults!);

        Assert.Equal((code, header), (fault.Code, fault.Column));
    }

    [Theory]
    [InlineData("employee_number", "0000123")]
    [InlineData("employee_number", "E12")]
    [InlineData("reference", "1E5")] // letters and digits of somebody's own: no mark and no plus sign
    [InlineData("phone", "'+919812345678")] // as our own export neutralises it
    [InlineData("phone", "919812345678")]
    [InlineData("value", "1000.00")]
    [InlineData("country", "ind")]
    [InlineData("country", "")]
    [InlineData("channel", "E-Mail")]
    [InlineData("name", "Søren Ångström")]
    [InlineData("message", "Two\nlines")]
    public void What_is_only_unusual_is_good(string header, string text)
    {
        var cells = Good();
        cells[Array.IndexOf(Headers, header)] = text;

        Assert.Null(Checker().Check(cells).Faults);
    }

    [Fact]
    public void Leading_zeros_are_kept_and_an_exported_cell_is_read_back()
    {
        var draft = Check(reference: "'=00042", phone: "'+919812345678");

        Assert.Equal(("=00042", "+919812345678"), (draft.Reference, draft.Phone));
    }

    [Fact]
    public void Decimals_are_read_as_the_mapping_states_and_by_the_currencys_exponent()
    {
        var yen = Card with { Code = "YEN", Currency = "JPY", Country = "JP", Denominations = [], MinValue = 1, MaxValue = 10_000 };
        var dinar = Card with { Code = "DIN", Currency = "KWD", Country = "KW", Denominations = [], MinValue = 1, MaxValue = 100_000 };

        Assert.Equal(1250, Check(reward: "YEN", currency: "JPY", country: "JP", phone: "", value: "1250", rewards: [yen]).Value);
        Assert.Equal(
            "allocation.decimals",
            Assert.Single(Check(reward: "YEN", currency: "JPY", country: "JP", phone: "", value: "12.5", rewards: [yen]).Faults!).Code
        );
        Assert.Equal(12_505, Check(reward: "DIN", currency: "KWD", country: "KW", phone: "", value: "12.505", rewards: [dinar]).Value);
        Assert.Equal(
            12_505,
            Check(reward: "DIN", currency: "KWD", country: "KW", phone: "", value: "12,505", rewards: [dinar], decimalComma: true).Value
        );
        Assert.Equal(
            "allocation.value",
            Assert
                .Single(
                    Check(
                        reward: "DIN",
                        currency: "KWD",
                        country: "KW",
                        phone: "",
                        value: "12.505",
                        rewards: [dinar],
                        decimalComma: true
                    ).Faults!
                )
                .Code
        );
    }

    [Fact]
    public void A_reward_is_judged_by_what_the_catalogue_says_of_it()
    {
        Assert.Equal("allocation.reward-off", Assert.Single(Check(rewards: [Card with { IsActive = false }]).Faults!).Code);
        Assert.Equal("allocation.reward-denied", Assert.Single(Check(rewards: [Card with { IsAllowed = false }]).Faults!).Code);
        var elsewhere = Assert.Single(Check(country: "DE", phone: "").Faults!);
        Assert.Equal(("allocation.reward-country", "reward"), (elsewhere.Code, elsewhere.Column));
        Assert.Equal(
            "allocation.range",
            Assert.Single(Check(rewards: [Card with { Denominations = [], MinValue = 100, MaxValue = 49_999 }]).Faults!).Code
        );
    }

    [Fact]
    public void The_channel_needs_its_address_and_an_SMS_is_short()
    {
        Assert.Equal("allocation.address", Assert.Single(Check(channel: "SMS", phone: "").Faults!).Code);
        Assert.Null(Check(channel: "SMS", email: "").Faults);
        Assert.Equal("allocation.message", Assert.Single(Check(channel: "SMS", message: new string('x', 161)).Faults!).Code);
        Assert.Null(Check(channel: "Email", message: new string('x', 161)).Faults);
    }

    [Fact]
    public void Whoever_opted_out_or_left_is_found_by_any_of_their_addresses()
    {
        var world = World([Card]);
        world.BarredByPhone["+919812345678"] = Barred.OptedOut;
        world.BarredByEmployee["E-7"] = Barred.Left;

        Assert.Equal(["allocation.opted-out"], Checker(world).Check(Good()).Faults!.Select(f => f.Code));
        var left = Good();
        (left[Array.IndexOf(Headers, "employee_number")], left[Array.IndexOf(Headers, "phone")]) = ("e-7", "");
        Assert.Equal(["allocation.left"], Checker(world).Check(left).Faults!.Select(f => f.Code));
    }

    [Fact]
    public void Without_a_reference_the_same_reward_to_the_same_person_in_a_month_has_one_key()
    {
        var (first, again) = (Check(reference: "", name: "Asha"), Check(reference: "", name: "Asha Rao", message: "Again"));
        var other = Check(reference: "", value: "1000");

        Assert.Equal(first.Key, again.Key);
        Assert.NotEqual(first.Key, other.Key);
        Assert.Equal(Check(reference: "abc").Key, Check(reference: "ABC").Key);
        Assert.True(first.Key!.Length <= AllocationRow.KeyMaxLength);
    }

    [Fact]
    public void Rows_of_another_shape_and_a_second_header_are_told_apart()
    {
        var checker = Checker();

        Assert.Equal("allocation.ragged", Assert.Single(checker.Check(Good()[..^1]).Faults!).Code);
        Assert.Equal("allocation.ragged", Assert.Single(checker.Check([.. Good(), "more"]).Faults!).Code);
        Assert.Null(checker.Check([.. Good(), "", " "]).Faults);
        Assert.Equal("allocation.header-again", Assert.Single(checker.Check(Headers).Faults!).Code);
    }

    [Fact]
    public void Text_that_was_UTF_8_and_is_read_as_Windows_1252_is_noticed()
    {
        var cells = Good();
        cells[1] = "JÃ¼rgen";
        var fallback = new FileForm(FileForm.Windows1252, ',', Headers, Certain: false);

        Assert.Equal(
            "allocation.garbled",
            Assert.Single(new AllocationChecker(Mapping(), fallback, World([Card])).Check(cells).Faults!).Code
        );
        cells[1] = "Jürgen Ã"; // a real letter, and nothing of UTF-8 after it
        Assert.Null(new AllocationChecker(Mapping(), fallback, World([Card])).Check(cells).Faults);
    }

    private static string[] Good() => Row();

    private static string[] Row(
        string reference = "R-1",
        string name = "Asha Rao",
        string email = "asha@example.com",
        string phone = "+919812345678",
        string employee = "",
        string country = "IN",
        string language = "",
        string channel = "",
        string reward = "CARD-IN",
        string value = "500",
        string currency = "INR",
        string message = ""
    ) => [reference, name, email, phone, employee, country, language, channel, reward, value, currency, message];

    private static AllocationDraft Check(
        string reference = "R-1",
        string name = "Asha Rao",
        string email = "asha@example.com",
        string phone = "+919812345678",
        string country = "IN",
        string language = "",
        string channel = "",
        string reward = "CARD-IN",
        string value = "500",
        string currency = "INR",
        string message = "",
        IReadOnlyList<AllocationReward>? rewards = null,
        bool decimalComma = false
    ) =>
        new AllocationChecker(Mapping() with { DecimalComma = decimalComma }, Form, World(rewards ?? [Card])).Check(
            Row(reference, name, email, phone, "", country, language, channel, reward, value, currency, message)
        );

    private static FileForm Form { get; } = new(FileForm.Utf8, ',', Headers, Certain: true);

    private static AllocationMapping Mapping() => new([.. AllocationFields.All.Select(f => new AllocationSource(f.Field, [f.Header]))]);

    private static AllocationChecker Checker(JudgedBy? world = null) => new(Mapping(), Form, world ?? World([Card]));

    private static JudgedBy World(IReadOnlyList<AllocationReward> rewards)
    {
        var world = new JudgedBy("INR", DeliveryChannel.Email, RewardRules.All, "2026-03", new PhoneReading());
        foreach (var reward in rewards)
        {
            world.Rewards[reward.Code] = reward;
        }

        return world;
    }
}
