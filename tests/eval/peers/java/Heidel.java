import de.unihd.dbs.heideltime.standalone.*;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.*;
import java.nio.file.*;
import java.text.SimpleDateFormat;
import java.util.*;
import java.util.regex.*;
import javax.json.*;

// HeidelTime with the part-of-speech tagger of CoreNLP (TreeTagger is in no registry).
class Heidel implements Peers.Tagger {
    private final Map<String, HeidelTimeStandalone> by_kind = new HashMap<>();
    private HeidelTimeStandalone tagger(String kind) throws IOException {
        HeidelTimeStandalone h = by_kind.get(kind);
        if (h == null) {
            Path props = Files.createTempFile("heideltime", ".props");
            props.toFile().deleteOnExit();
            Files.writeString(props, "considerDate = true\nconsiderDuration = true\nconsiderSet = true\nconsiderTime = true\n"
                + "considerTemponym = false\nmodel_path = none\nconfig_path = none\n"
                + "typeSystemHome = desc/type/HeidelTime_TypeSystem.xml\ntypeSystemHome_DKPro = desc/type/DKPro_TypeSystem.xml\n"
                + "uimaVarDate = Date\nuimaVarDuration = Duration\nuimaVarLanguage = Language\nuimaVarSet = Set\nuimaVarTime = Time\n"
                + "uimaVarTemponym = Temponym\nuimaVarTypeToProcess = Type\nuimaVarConvertDurations = ConvertDurations\nchineseTokenizerPath =\n");
            DocumentType type = kind.equals("narrative") ? DocumentType.NARRATIVES : kind.equals("colloquial") ? DocumentType.COLLOQUIAL : DocumentType.NEWS;
            h = new HeidelTimeStandalone(Language.ENGLISH, type, OutputType.TIMEML, props.toString(), POSTagger.STANFORDPOSTAGGER, false);
            by_kind.put(kind, h);
        }
        return h;
    }

    private static final Pattern TAG = Pattern.compile("<TIMEX3 ([^>]*)>|</TIMEX3>|<TIMEX3INTERVAL[^>]*>|</TIMEX3INTERVAL>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    public JsonArrayBuilder tag(JsonObject request) throws Exception {
        String text = request.getString("text");
        Date dct = new SimpleDateFormat("yyyy-MM-dd").parse(request.getString("dct", "1970-01-01"));
        // Angle brackets would be taken for tags when the result is read back: one character for one.
        String safe = text.replace('<', '(').replace('>', ')').replace('&', '+');
        String xml = tagger(request.getString("kind", "news")).process(safe, dct);
        String body = xml.substring(xml.indexOf("<TimeML>") + 8, xml.lastIndexOf("</TimeML>"));
        body = body.startsWith("\n") ? body.substring(1) : body;
        JsonArrayBuilder spans = Json.createArrayBuilder();
        Matcher m = TAG.matcher(body);
        int last = 0, at = 0, start = -1;
        Map<String, String> attributes = new HashMap<>();
        while (m.find()) {
            at += m.start() - last;
            last = m.end();
            if (m.group(1) != null) {
                start = at;
                attributes.clear();
                for (Matcher a = ATTRIBUTE.matcher(m.group(1)); a.find();)
                    attributes.put(a.group(1), a.group(2));
            } else if (m.group().equals("</TIMEX3>")) {
                spans.add(Peers.span(text, start, at).add("type", attributes.getOrDefault("type", ""))
                    .add("value", attributes.getOrDefault("value", "")));
            }
        }
        if (Math.abs(at + body.length() - last - text.length()) > 2)
            throw new IOException("the result's text is not the input: " + (at + body.length() - last) + " for " + text.length());
        return spans;
    }
}
