import Bytes

/// The names by which people call streaming services, and those that TMDB has or had for them: a service is renamed
/// now and then, and TMDB's lists follow.
enum ServiceNames {
    /// Folded names that may be TMDB's for the service that people mean by a folded name, the most likely first.
    static func all(of name: String) -> [String] { [name] + table.values(of: name) }

    private static let table = WordTable(
        """
        amazon prime video:amazon,prime,prime video,amazon prime
        apple tv plus:apple,apple plus,appletv,apple tv
        apple tv:apple tv plus,apple plus,appletv,apple
        apple tv store:itunes,itunes store
        apple tv:itunes,itunes store
        hbo max:hbo,max
        max:hbo,hbo max
        disney plus:disney
        hotstar:disney,disney plus,disney plus hotstar,jiohotstar,jio hotstar,hotstar disney plus
        jiohotstar:hotstar,disney,disney plus,disney plus hotstar,jio,jiocinema,jio cinema
        peacock premium:peacock,peacock tv
        now tv:now
        now:now tv
        wow:sky ticket,wow tv
        movistar plus plus:movistar,movistar plus
        movistar plus:movistar
        canal plus:canal,mycanal
        itvx:itv,itv hub
        channel 4:all 4,4od
        all 4:channel 4,4od
        my5:channel 5,5
        5:my5,channel 5
        zdf:zdf mediathek,zdfmediathek
        das erste mediathek:ard,ard mediathek,das erste
        ard mediathek:ard,das erste,das erste mediathek
        rtl plus:rtl,tvnow,tv now
        tf1 plus:tf1,mytf1
        m6 plus:m6,6play
        sixplay:m6,6play
        rtve:rtve play
        svt:svt play
        drtv:dr
        fandango at home:vudu
        vudu:fandango at home
        mgm plus:mgm,epix
        freevee:imdb tv,amazon freevee
        amazon freevee:freevee,imdb tv
        google play movies:google,google play,google tv,play store
        youtube:youtube movies
        discovery plus:discovery
        """)
}
