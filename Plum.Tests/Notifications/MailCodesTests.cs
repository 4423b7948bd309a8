using Plum.Domain.Notifications;

namespace Plum.Tests.Notifications;

public class MailCodesTests
{
    [Theory]
    [InlineData(450, "4.2.0 Greylisted, try later", MailFault.Passing)]
    [InlineData(421, "Service closing", MailFault.Passing)]
    [InlineData(452, "4.2.2 Over quota", MailFault.Full)]
    [InlineData(552, "5.2.2 Mailbox full", MailFault.Full)]
    [InlineData(550, "5.1.1 User unknown", MailFault.Address)]
    [InlineData(550, "5.1.10 Recipient not found", MailFault.Address)]
    [InlineData(550, "No such user", MailFault.Address)]
    [InlineData(554, "5.7.1 Message rejected as spam", MailFault.Policy)]
    [InlineData(550, "5.7.26 Unauthenticated sender", MailFault.Sender)]
    [InlineData(535, "Authentication failed", MailFault.Sender)]
    [InlineData(550, "#5.1.1 rejected: 10.2.2.5 is not us", MailFault.Address)]
    [InlineData(599, "Odd", MailFault.Policy)]
    [InlineData(499, "Odd", MailFault.Passing)]
    public void A_server_s_answer_is_sorted_by_what_is_to_be_done(int reply, string text, MailFault fault) =>
        Assert.Equal(fault, MailCodes.Judge(reply, text));

    [Theory]
    [InlineData("jane@acme.example", true)]
    [InlineData("jane.o'kafor+x@mail.acme.example", true)]
    [InlineData("żaneta@acme.example", true)]
    [InlineData("jane", false)]
    [InlineData("@acme.example", false)]
    [InlineData("jane@", false)]
    [InlineData("jane@acme..example", false)]
    [InlineData("jane@acme.example,ben@acme.example", false)]
    [InlineData("Jane <jane@acme.example>", false)]
    [InlineData("jane@acme.example\r\nBcc: x@y.example", false)]
    [InlineData("jane @acme.example", false)]
    public void One_mailbox_is_an_address_and_nothing_else_is(string text, bool isAddress) =>
        Assert.Equal(isAddress, MailAddressRule.IsAddress(text));

    [Fact]
    public void Waits_grow_and_end_and_jitter_only_lengthens_them()
    {
        for (var attempt = 1; attempt < RetryPlan.MaxAttempts; attempt++)
        {
            var (shortest, longest) = (RetryPlan.Wait(MailFault.Passing, attempt, 0), RetryPlan.Wait(MailFault.Passing, attempt, 1));
            Assert.True(shortest < longest);
            Assert.True(attempt == 1 || shortest > RetryPlan.Wait(MailFault.Passing, attempt - 1, 1));
        }

        Assert.Null(RetryPlan.Wait(MailFault.Passing, RetryPlan.MaxAttempts, 0));
        Assert.Null(RetryPlan.Wait(MailFault.Address, 1, 0));
        Assert.Null(RetryPlan.Wait(MailFault.Policy, 1, 0));
        Assert.NotNull(RetryPlan.Wait(MailFault.Full, 1, 0));
        Assert.Null(RetryPlan.Wait(MailFault.Full, 2, 0));
    }
}
