namespace Plum.Domain.Demonstration;

/// <summary>What recipients write. Placeholders: {brand} {reward} {value} {order} {last4} {name} {first} {date} {client} {programme}.</summary>
internal static partial class Phrases
{
    public static readonly Dictionary<Trouble, (string[] Subjects, string[] Bodies)> English = new()
    {
        [Trouble.NotReceived] = (
            [
                "My {brand} voucher never arrived",
                "No e-mail with my reward from {programme}",
                "Still waiting for {brand} voucher, order {order}",
                "Where is my {value} voucher?",
                "{programme}: reward not delivered",
                "Voucher promised on {date} not here yet",
                "Did you send my {brand} card?",
            ],
            [
                "Hello, I was told on {date} that a {brand} voucher worth {value} was on its way. Nothing has come, and it is not in the spam folder either. Could you check where it went?",
                "My colleagues have all had their {programme} reward. Mine ({reward}) has not turned up. The order number in the portal is {order}.",
                "I changed my phone number last month and I think the text with the voucher may have gone to the old one. Can it be sent again to my e-mail?",
                "It is now more than a week since {date}. I would like the {value} voucher that {client} promised me, or at least an answer.",
                "The portal says delivered. I have not received anything. Please have a look at {order}.",
            ]
        ),
        [Trouble.CodeInvalid] = (
            [
                "{brand} says the code is invalid",
                "Voucher code ending {last4} not accepted",
                "Code does not work on the {brand} website",
                "Invalid voucher, order {order}",
                "Error 'card not recognised' for {brand}",
                "PIN missing from my {brand} voucher",
            ],
            [
                "I entered the code ending {last4} three times on the {brand} website and each time it says the card number is not recognised. I copied and pasted it, so it is not a typing mistake.",
                "The voucher from {programme} ({value}) comes up as already used. I have never used it. I have attached nothing because there is only the red error line.",
                "There is a code but no PIN in the message, and {brand} asks for both. How do I get the PIN?",
                "Tried to pay with my {brand} voucher today. Website: 'This code is invalid or has been cancelled.' Order {order}.",
            ]
        ),
        [Trouble.DeclinedAtTill] = (
            [
                "{brand} store refused my voucher",
                "Declined at the till: {brand}",
                "Cashier could not scan voucher {last4}",
                "{brand} gift card rejected in shop",
                "Embarrassing: reward declined at {brand}",
                "Redemption failed twice, {value}",
            ],
            [
                "I stood at the till with a full basket and the {brand} card was declined twice. The cashier said it was never activated. The voucher ends in {last4}.",
                "The shop says that this kind of voucher is not accepted in their branch although your message says all {brand} stores. I had to pay {value} myself.",
                "Redemption declined, with the message 'issuer unavailable'. I tried again in the evening and it was the same. Order {order}.",
                "{brand} told me to contact whoever issued the card, because their system rejects it. Please sort this out, I need it before the weekend.",
            ]
        ),
        [Trouble.WrongReward] = (
            [
                "Received the wrong reward",
                "Voucher is for less than {value}",
                "I chose something else, not {brand}",
                "Wrong amount on {order}",
                "Wrong country: cannot use {brand} here",
            ],
            [
                "The letter from {client} says {value}. The voucher that I got is worth half of that. Which one is right?",
                "I selected a different brand in the portal and received {reward}. I have not opened the code. Can it be exchanged?",
                "This {brand} voucher can only be used abroad. I live and work here, so it is of no use to me. Order {order}.",
            ]
        ),
        [Trouble.Expired] = (
            [
                "Voucher expired before I could use it",
                "{brand} voucher shows as expired",
                "Extend validity of order {order}?",
                "Expired after two months?",
            ],
            [
                "When I tried to use my {brand} voucher it said expired. The message said that it was good for a year. Could you extend it?",
                "I was on parental leave and found the {programme} mail too late. Is there any way to reactivate the {value} voucher?",
                "Expired on the day it arrived. Surely that is a mistake? The number is {order}.",
            ]
        ),
        [Trouble.Cancellation] = (
            [
                "Please cancel order {order}",
                "Cancel my {brand} order",
                "I ordered by mistake, refund points",
                "Cancellation of {reward}",
                "Changed my mind about {brand}",
            ],
            [
                "I clicked on the wrong reward. Please cancel {order} and put the points back, I have not used the voucher.",
                "My plans changed and I cannot use {reward}. I would like to cancel and get the {value} back the way that it was paid.",
                "Please cancel. The order was placed on {date} and the code is unused, you can check.",
            ]
        ),
        [Trouble.ChargedTwice] = (
            ["Charged twice for one reward", "Double booking on my card, {order}", "Points taken two times", "Paid {value} twice"],
            [
                "I topped up {value} by card for the {brand} reward and my bank shows the charge twice. I only got one voucher.",
                "The page froze, I pressed again, and now the points are gone twice. Order {order} is the one I want to keep.",
                "There are two entries of {value} on my statement of {date}. Please return one.",
            ]
        ),
        [Trouble.Booking] = (
            [
                "Cannot book {brand}",
                "No dates available for {reward}",
                "{brand} cancelled my booking",
                "Booking reference not found",
                "Rain: moved date for {brand}",
            ],
            [
                "I have tried to book {reward} for three weekends and there is never a free slot. The voucher runs out soon.",
                "{brand} cancelled because of the weather and does not answer about a new date. Can you help me to rebook?",
                "The booking page does not know my reference. I received it from you on {date} with order {order}.",
            ]
        ),
        [Trouble.Damaged] = (
            ["Item arrived broken", "{brand} parcel damaged", "Part missing in my {reward}", "Parcel says delivered, not here"],
            [
                "The box from {brand} was crushed and the item inside is scratched and does not switch on. I have photos.",
                "The parcel was marked as delivered on {date} but nobody at home took it and the neighbours have not got it. Order {order}.",
                "The charger is missing from the box. Everything else is fine. Could you send only that part?",
            ]
        ),
        [Trouble.WalletBalance] = (
            [
                "Balance of {brand} is zero",
                "Top-up of {value} missing",
                "{brand} not credited since {date}",
                "Wallet shows less than it should",
            ],
            [
                "According to {programme} my {brand} was topped up with {value} on {date}. The balance is still zero.",
                "The app shows a pending credit that never completes. Order {order}. I need it for travel next week.",
                "I used a part of the balance and now the rest is gone. I did not spend it.",
            ]
        ),
        [Trouble.PointsMissing] = (
            ["Points from {programme} not credited", "Missing points for {date}", "My balance did not go up", "Referral bonus not there"],
            [
                "I met the target of {programme} and my manager confirmed it, but the points are not on my account.",
                "My referral opened the account on {date}. The bonus should have come within ten days.",
                "Three colleagues in my team have the points, I do not. My employee number is on file with {client}.",
            ]
        ),
        [Trouble.SignIn] = (
            ["Cannot sign in to {programme}", "Password link expired", "Account locked", "Code by text never comes"],
            [
                "The link to set my password says expired although I opened it five minutes after it came.",
                "I changed my e-mail at {client} and now the reward portal does not know me any more.",
                "It asks for a code by text message but none comes. My number is correct in the profile.",
            ]
        ),
        [Trouble.Fraud] = (
            [
                "Somebody used my voucher",
                "Voucher {last4} spent by a stranger",
                "Suspicious e-mail about {programme}",
                "Order I did not place: {order}",
            ],
            [
                "My {brand} voucher ({value}) was spent in a town that I have never been to. I have not given the code to anybody.",
                "I got a message that I ordered {reward}. I did not. Please stop it and tell me who did.",
                "An e-mail that looks like yours asks for my voucher code and PIN. Is it genuine? I have not answered.",
            ]
        ),
        [Trouble.Question] = (
            [
                "Question about {programme}",
                "Which shops take {brand}?",
                "Is the reward taxable?",
                "Can I give my voucher to somebody?",
                "When is the next {programme} round?",
            ],
            [
                "Can the {brand} voucher be used online as well, or in shops only?",
                "Do I have to declare the {value} from {client} as income?",
                "I would like to pass the voucher on to my daughter. Is that allowed?",
                "Hello, what happens to my points if I leave {client}?",
            ]
        ),
    };

    /// <summary>In other languages, by what it is about: not arrived, or does not work.</summary>
    public static readonly Dictionary<string, (string[] LostSubjects, string[] Lost, string[] FailedSubjects, string[] Failed)> Foreign =
        new(StringComparer.Ordinal)
        {
            ["de"] = (
                ["Gutschein von {brand} nicht erhalten", "Prämie aus {programme} fehlt", "Wo bleibt mein Gutschein über {value}?"],
                [
                    "Guten Tag, laut Mitteilung vom {date} sollte ich einen Gutschein von {brand} über {value} bekommen. Bis heute ist nichts angekommen, auch nicht im Spam-Ordner. Bitte prüfen Sie die Bestellung {order}.",
                    "Sehr geehrte Damen und Herren, meine Prämie aus {programme} ist nicht eingetroffen. Ich bitte um erneute Zusendung an meine private Adresse.",
                ],
                ["Gutscheincode wird nicht angenommen", "{brand}: Einlösung abgelehnt", "Fehler beim Einlösen, Bestellung {order}"],
                [
                    "Der Code mit der Endung {last4} wird bei {brand} nicht akzeptiert („Karte ungültig“). Ich habe es im Laden und online versucht. Was kann ich tun?",
                    "An der Kasse wurde der Gutschein über {value} zweimal abgelehnt. Ich musste selbst bezahlen und bitte um Klärung.",
                ]
            ),
            ["pt"] = (
                ["Vale {brand} não chegou", "Não recebi meu prêmio de {programme}", "Cadê meu vale de {value}?"],
                [
                    "Bom dia, fui informado em {date} que receberia um vale {brand} de {value}, mas até agora nada. Já olhei o spam. Podem verificar o pedido {order}?",
                    "Meus colegas já receberam o prêmio de {programme} e o meu não veio. Meu celular mudou, talvez tenha ido para o número antigo.",
                ],
                ["Código recusado na loja {brand}", "Vale não funciona, final {last4}", "Erro ao resgatar: pedido {order}"],
                [
                    "Tentei usar o vale com final {last4} na {brand} e deu código inválido. A atendente disse que o cartão não foi ativado.",
                    "O resgate de {value} foi recusado duas vezes no caixa. Preciso de uma solução, por favor.",
                ]
            ),
            ["ja"] = (
                ["{brand}のギフト券が届きません", "{programme}の特典について", "注文 {order} 未着の件"],
                [
                    "お世話になっております。{date}にご案内いただいた{brand}のギフト券（{value}）がまだ届いておりません。迷惑メールも確認しました。ご確認をお願いいたします。",
                    "同僚は全員受け取っていますが、私の分だけ届いていないようです。注文番号は{order}です。",
                ],
                ["ギフト券のコードが使えません", "{brand}で決済エラー", "末尾{last4}のコードについて"],
                [
                    "末尾{last4}のコードを{brand}で入力しましたが、「無効なカードです」と表示されます。再発行をお願いできますでしょうか。",
                    "店頭で二度お断りされました。{value}分を立て替えております。至急ご対応をお願いいたします。",
                ]
            ),
        };

    public static readonly string[] Chasers =
    [
        "Any news? It has been some days now.",
        "I have not heard back from you. Could somebody please answer?",
        "Just checking that this has not been forgotten.",
        "I tried again this morning and it is still the same.",
        "My manager at {client} asks where this stands. What may I tell them?",
        "Hello? I wrote on {date} and have no answer yet.",
    ];

    public static readonly string[] RecipientAnswers =
    [
        "Thank you for looking into it. Yes, the e-mail address is correct, please send it there.",
        "My new number is the one that I am writing from. The old one is no longer in use.",
        "I have attached nothing because I deleted the message, but the code ended in {last4}.",
        "It was the online shop, on {date}, around noon. The message was 'card not active'.",
        "Here is what you asked for: order {order}, bought nothing with it so far.",
        "Sorry for the late answer, I was on holiday. The address is right.",
        "Yes, the screenshot shows the full error. I tried in two browsers.",
    ];

    public static readonly string[] Thanks =
    [
        "It works now. Thank you very much!",
        "Received, thank you for the quick help.",
        "Great, that solved it.",
        "All good now. Thanks, {agent}.",
        "Thank you, the refund is on my account.",
    ];

    public static readonly string[] Reopenings =
    [
        "I am sorry to come back: the new code is not accepted either.",
        "You wrote that it was solved, but I still have not received anything.",
        "The voucher that you sent is for the wrong amount again.",
        "The refund has not arrived at my bank yet.",
        "It worked once and now the balance is gone.",
    ];
}
