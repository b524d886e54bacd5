package fold

// lookalike maps what looks like an ASCII character, or is written as one, and
// has no Unicode decomposition that says so.
var lookalike = table(map[string]string{
	// Cyrillic
	"a": "аӑӓ", "b": "ЬвВБб", "c": "сСϲ", "d": "ԁ", "e": "еЕёЁєЄҽ", "f": "ғҒ", "g": "ԍԌ", "h": "һҺНн", "i": "іІїЇ", "j": "јЈ",
	"k": "кКқҚ", "l": "ӏӀ", "m": "МмӍ", "n": "пПлиИ", "o": "оОөӨ", "p": "рР", "q": "ԛԚ", "r": "гГ", "s": "ѕЅ", "t": "тТ",
	"u": "цЦ", "v": "ѵѴ", "w": "ԝԜшШщЩ", "x": "хХ", "y": "уУүҮ", "z": "зЗ",
}, map[string]string{
	// Greek, Armenian and Cherokee
	"a": "αΑАᎪ", "b": "βΒᏴ", "c": "ςᏟ", "d": "δᎠ", "e": "εΕᎬ", "f": "ϝ", "g": "ցᏀ", "h": "ηΗհᎻ", "i": "ιΙᎥ", "j": "ϳյᎫ",
	"k": "κΚᏦ", "l": "ԼᏞ", "m": "ΜᎷ", "n": "νΝոռ", "o": "οΟσօՕ", "p": "ρΡᏢ", "q": "զ", "r": "Ꭱ", "s": "Տ", "t": "τΤᎢ",
	"u": "υսՍ", "v": "Ꮩ", "w": "ωᎳ", "x": "χΧ", "y": "γΥ", "z": "ΖᏃ",
}, map[string]string{
	// Latin letters that stand alone in Unicode
	"a": "ɑΛⱥȺɐ", "b": "ƀɓƁ", "c": "ƈƇȼ", "d": "đĐɖɗƊð", "e": "ɛƐǝɘə", "f": "ƒƑ", "g": "ɡɢƓǥɠ", "h": "ħĦɦɥ", "i": "ıɩɪƗɨ",
	"j": "ȷɉɈ", "k": "ƙƘ", "l": "łŁƚɫʟ", "m": "ɱɯ", "n": "ŋŊɲɳɴƝ", "o": "øØɵɔƆ", "p": "ƥƤ", "r": "ɾɍʀɹ", "s": "ʂ", "t": "ŧŦƭʈ",
	"u": "ʊʉ", "v": "ʋʌ", "w": "ʍɰ", "y": "ʏɏ", "z": "ƶʐ", "ss": "ßẞ", "ae": "æÆ", "oe": "œŒ", "th": "þÞ",
}, map[string]string{
	// small capitals and letters in boxes, circles and flags
	"a": "ᴀ🄰🅐🅰🇦", "b": "ʙ🄱🅑🅱🇧", "c": "ᴄ🄲🅒🅲🇨", "d": "ᴅ🄳🅓🅳🇩", "e": "ᴇ🄴🅔🅴🇪", "f": "ꜰ🄵🅕🅵🇫", "g": "🄶🅖🅶🇬", "h": "ʜ🄷🅗🅷🇭",
	"i": "🄸🅘🅸🇮", "j": "ᴊ🄹🅙🅹🇯", "k": "ᴋ🄺🅚🅺🇰", "l": "🄻🅛🅻🇱", "m": "ᴍ🄼🅜🅼🇲", "n": "🄽🅝🅽🇳", "o": "ᴏ🄾🅞🅾🇴", "p": "ᴘ🄿🅟🅿🇵",
	"q": "🅀🅠🆀🇶", "r": "🅁🅡🆁🇷", "s": "ꜱ🅂🅢🆂🇸", "t": "ᴛ🅃🅣🆃🇹", "u": "ᴜ🅄🅤🆄🇺", "v": "ᴠ🅅🅥🆅🇻", "w": "ᴡ🅆🅦🆆🇼", "x": "🅇🅧🆇🇽",
	"y": "🅈🅨🆈🇾", "z": "ᴢ🅉🅩🆉🇿",
}, map[string]string{
	// punctuation
	"'": "’‘‛ʼʹ′＇`´", "\"": "“”„‟«»″", "-": "‐‑‒–—―−﹘﹣", ".": "․。｡・·•●▪", "/": "⁄∕", ":": "∶꞉", ",": "،、", "*": "∗⁎",
	"@": "﹫", "|": "¦", "<": "‹", ">": "›",
})

func table(groups ...map[string]string) map[rune]string {
	m := make(map[rune]string)
	for _, g := range groups {
		for to, from := range g {
			for _, r := range from {
				m[r] = to
			}
		}
	}
	return m
}
