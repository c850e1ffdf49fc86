import edu.stanford.nlp.ling.*;
import edu.stanford.nlp.pipeline.*;
import edu.stanford.nlp.time.*;
import edu.stanford.nlp.util.*;
import java.util.*;
import javax.json.*;

// CoreNLP: SUTime, the quote annotator, the sentence splitter.
class Stanford implements Peers.Tagger {
    private final String what;
    private final AnnotationPipeline pipeline;

    Stanford(String what) {
        this.what = what;
        Properties p = new Properties();
        if (what.equals("sutime")) {
            AnnotationPipeline a = new AnnotationPipeline();
            a.addAnnotator(new TokenizerAnnotator(false));
            a.addAnnotator(new WordsToSentencesAnnotator(false));
            a.addAnnotator(new POSTaggerAnnotator(false));
            a.addAnnotator(new TimeAnnotator("sutime", p));
            pipeline = a;
        } else if (what.equals("ssplit")) {
            p.setProperty("annotators", "tokenize,ssplit");
            p.setProperty("ssplit.newlineIsSentenceBreak", "two");
            pipeline = new StanfordCoreNLP(p);
        } else {
            p.setProperty("annotators", "tokenize,ssplit,pos,lemma,ner,depparse,coref,quote");
            p.setProperty("coref.algorithm", "statistical");
            p.setProperty("ner.applyFineGrained", "false");
            p.setProperty("ner.applyNumericClassifiers", "false");
            p.setProperty("ner.useSUTime", "false");
            pipeline = new StanfordCoreNLP(p);
        }
    }

    public JsonArrayBuilder tag(JsonObject request) {
        String text = request.getString("text");
        Annotation a = new Annotation(text);
        if (request.containsKey("dct"))
            a.set(CoreAnnotations.DocDateAnnotation.class, request.getString("dct"));
        pipeline.annotate(a);
        return what.equals("sutime") ? times(text, a) : what.equals("ssplit") ? sentences(text, a) : quotes(text, a);
    }

    private JsonArrayBuilder times(String text, Annotation a) {
        JsonArrayBuilder out = Json.createArrayBuilder();
        for (CoreMap m : a.get(TimeAnnotations.TimexAnnotations.class)) {
            Timex t = m.get(TimeAnnotations.TimexAnnotation.class);
            String value = t.value() != null ? t.value() : t.altVal() != null ? t.altVal() : "";
            out.add(Peers.span(text, m.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class), m.get(CoreAnnotations.CharacterOffsetEndAnnotation.class))
                .add("type", String.valueOf(t.timexType())).add("value", value));
        }
        return out;
    }

    private JsonArrayBuilder sentences(String text, Annotation a) {
        JsonArrayBuilder out = Json.createArrayBuilder();
        for (CoreMap s : a.get(CoreAnnotations.SentencesAnnotation.class))
            out.add(Peers.span(text, s.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class), s.get(CoreAnnotations.CharacterOffsetEndAnnotation.class)));
        return out;
    }

    private JsonArrayBuilder quotes(String text, Annotation a) {
        JsonArrayBuilder out = Json.createArrayBuilder();
        List<CoreLabel> tokens = a.get(CoreAnnotations.TokensAnnotation.class);
        for (CoreMap q : CoreMapsOf(a)) {
            JsonObjectBuilder s = Peers.span(text, q.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class), q.get(CoreAnnotations.CharacterOffsetEndAnnotation.class));
            Integer b = q.get(QuoteAttributionAnnotator.MentionBeginAnnotation.class), e = q.get(QuoteAttributionAnnotator.MentionEndAnnotation.class);
            if (b != null && e != null)
                s.add("source", Peers.span(text, tokens.get(b).beginPosition(), tokens.get(e).endPosition()));
            String speaker = q.get(QuoteAttributionAnnotator.SpeakerAnnotation.class);
            out.add(s.add("speaker", speaker == null ? "" : speaker));
        }
        return out;
    }

    private static List<CoreMap> CoreMapsOf(Annotation a) {
        List<CoreMap> q = a.get(CoreAnnotations.QuotationsAnnotation.class);
        return q == null ? List.of() : q;
    }
}
