namespace Plum.Domain.Demonstration;

/// <summary>Names as people have them in eighteen countries, and the plain letters of their mailboxes.</summary>
internal static class People
{
    private static readonly Dictionary<string, (string[] First, string[] Last)> Names = new(StringComparer.Ordinal)
    {
        ["GB"] = (
            Split("Oliver Amelia Harry Isla Jack Poppy George Freya Arthur Niamh Callum Erin Rhys Megan Zara Imran Chidi Grace Ewan Beth"),
            Split("Smith Jones Taylor Davies Evans O'Connor Patel Khan Wright Hughes Campbell Murray Begum Okafor Fletcher Holloway Pryce")
        ),
        ["DE"] = (
            Split("Lukas Emma Jürgen Sabine Felix Hannah Matthias Anneliese Björn Käthe Emre Ayşe Florian Greta Sören Ursula Moritz Lotte"),
            Split("Müller Schmidt Schneider Weiß Köhler Yılmaz Hoffmann Böhm Krüger Lange Groß Vogt Schäfer Nowak Brandt Jäger Zimmermann")
        ),
        ["IN"] = (
            Split(
                "Aarav Ananya Rohit Priya Karthik Lakshmi Sandeep Meenakshi Imtiaz Farah Gurpreet Harleen Arjun Divya Suresh Kavitha Rahul Sneha"
            ),
            Split("Sharma Iyer Reddy Patel Singh Khan Nair Banerjee Deshmukh Kulkarni Gupta Menon Chaudhary Rao Das Mehta Pillai Bose")
        ),
        ["US"] = (
            Split(
                "James Maria Robert Jennifer Malik Aaliyah Ethan Sofia Tyler Brooke Diego Valentina Wei Grace Noah Hannah Jamal Kimberly"
            ),
            Split(
                "Johnson Williams Garcia Martinez Nguyen Lee Brown Washington Kowalski Rodriguez Cohen Anderson Kim Thompson Rossi Jackson"
            )
        ),
        ["AE"] = (
            Split("Ahmed Fatima Omar Maryam Khalid Noora Yousef Layla Hamdan Shamma Bilal Hessa Saeed Amna Rashid Reem"),
            Split("Al-Mansoori Al-Hashimi Al-Suwaidi Haddad Al-Ketbi Rahman Siddiqui Al-Marri Farouk Al-Zaabi Hussain Khoury")
        ),
        ["JP"] = (
            Split("Haruto Yui Sota Aoi Takeshi Hanako Ren Sakura Kaito Misaki Daichi Yoko Shun Emi Kazuki Naomi"),
            Split("Satō Suzuki Takahashi Tanaka Itō Watanabe Yamamoto Nakamura Kobayashi Katō Yoshida Yamada Sasaki Matsumoto Inoue")
        ),
        ["BR"] = (
            Split("João Maria Pedro Ana Luiz Júlia Caio Letícia Thiago Conceição Rafael Beatriz Mateus Luíza Vinícius Fernanda"),
            Split("Silva Santos Oliveira Souza Gonçalves Araújo Ferreira Ribeiro Conceição Magalhães Teixeira Barbosa Nóbrega Cardoso")
        ),
        ["AU"] = (
            Split("Jack Charlotte Lachlan Matilda Cooper Ruby Angus Chloe Hamish Tahlia Minh Priya Darcy Isabella Riley Georgia"),
            Split("Smith Nguyen Williams Kelly Papadopoulos McDonald Singh Walker O'Brien Campbell Martin Rossi Fraser Chen Doyle")
        ),
        ["FR"] = (
            Split("Léa Hugo Chloé Théo Manon Étienne Camille Jérôme Zoé François Aïcha Mathieu"),
            Split("Martin Bernard Lefèvre Moreau Laurent Benoît Girard Dubois Rousseau Diallo Fournier")
        ),
        ["ES"] = (
            Split("Lucía Javier Martina Álvaro Begoña Íñigo Carmen Pablo Nerea Sergio"),
            Split("García Fernández Núñez Muñoz Ibáñez Romero Castaño Vázquez Ortega Peña")
        ),
        ["IT"] = (
            Split("Giulia Lorenzo Chiara Matteo Niccolò Francesca Davide Elisa Paolo Serena"),
            Split("Rossi Russo Ferrari D'Angelo Esposito Colombo Marino Galli Conti De_Luca")
        ),
        ["NL"] = (
            Split("Daan Sanne Bram Fleur Jeroen Lotte Thijs Anouk Pieter Maaike"),
            Split("de_Vries Jansen van_den_Berg Bakker Visser Smit de_Boer Mulder Dijkstra van_Leeuwen")
        ),
        ["PL"] = (
            Split("Zuzanna Jakub Małgorzata Paweł Agnieszka Łukasz Katarzyna Michał Ewa Grzegorz"),
            Split("Nowak Kowalczyk Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Jabłoński")
        ),
        ["SE"] = (
            Split("Åsa Erik Linnéa Oskar Maja Björn Ebba Gustav Märta Nils"),
            Split("Andersson Johansson Bergström Lindqvist Åkesson Öberg Nyström Sjögren Hedlund")
        ),
        ["SG"] = (
            Split("Wei_Ling Jun_Hao Siti Arjun Mei_Xuan Hafiz Xin_Yi Darren Nurul Kok_Leong"),
            Split("Tan Lim Lee Ng Wong Goh Chua Rahman Pillai Ong")
        ),
        ["ZA"] = (
            Split("Thabo Naledi Pieter Lerato Sipho Annelize Ayanda Johan Zanele Kagiso"),
            Split("Nkosi Dlamini van_der_Merwe Botha Mokoena Naidoo Khumalo Pretorius Mabaso")
        ),
        ["MX"] = (
            Split("José Guadalupe Ximena Iván Sofía Raúl Renata Héctor Itzel Andrés"),
            Split("Hernández Martínez López Pérez Ramírez Domínguez Ávila Gutiérrez Zúñiga Ríos")
        ),
        ["KW"] = (
            Split("Abdullah Dalal Nasser Shaikha Faisal Munira Jassim Hessa"),
            Split("Al-Sabah Al-Mutairi Al-Rashidi Al-Enezi Behbehani Al-Kandari Al-Azmi")
        ),
    };

    public static (string First, string Last) Name(string country, Dice dice)
    {
        var (first, last) = Names[country];
        return (dice.Pick(first), dice.Pick(last));
    }

    /// <summary>The letters of a mailbox: no accents, no blanks, lower case.</summary>
    public static string Plain(string name)
    {
        var plain = new System.Text.StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            var at = Accents.IndexOf(c, StringComparison.Ordinal);
            if (at >= 0)
            {
                plain.Append(Letters[at]);
            }
            else if (char.IsAsciiLetter(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private const string Accents = "áàâãåāäąæçćčéèêëēęíìîïīıñńóòôõōøöőśşšúùûūüýźżžłğß";
    private const string Letters = "aaaaaaaaaccceeeeeeiiiiiinnoooooooosssuuuuuyzzzlgs";

    private static string[] Split(string names) => [.. names.Split(' ').Select(n => n.Replace('_', ' '))];
}
