// Takes the place of HeidelTime's class of this name, which looks tokens up by their letters and loses its place where the
// tokenizer adds a full stop after an abbreviation. Same tagger, but by the offsets that CoreNLP gives.
package de.unihd.dbs.heideltime.standalone.components.impl;

import de.unihd.dbs.heideltime.standalone.components.PartOfSpeechTagger;
import de.unihd.dbs.uima.types.heideltime.Sentence;
import de.unihd.dbs.uima.types.heideltime.Token;
import edu.stanford.nlp.ling.*;
import edu.stanford.nlp.pipeline.*;
import edu.stanford.nlp.util.CoreMap;
import java.util.*;
import org.apache.uima.jcas.JCas;

public class StanfordPOSTaggerWrapper implements PartOfSpeechTagger {
    private static StanfordCoreNLP pipeline;

    public void initialize(Properties settings) {
        if (pipeline != null)
            return;
        Properties p = new Properties();
        p.setProperty("annotators", "tokenize,ssplit,pos");
        p.setProperty("ssplit.newlineIsSentenceBreak", "two");
        p.setProperty("tokenize.options", "splitHyphenated=false");
        p.setProperty("pos.model", "edu/stanford/nlp/models/pos-tagger/english-left3words-distsim.tagger");
        pipeline = new StanfordCoreNLP(p);
    }

    public void process(JCas cas) {
        Annotation a = new Annotation(cas.getDocumentText());
        pipeline.annotate(a);
        for (CoreMap sentence : a.get(CoreAnnotations.SentencesAnnotation.class)) {
            List<CoreLabel> tokens = sentence.get(CoreAnnotations.TokensAnnotation.class);
            Sentence s = new Sentence(cas);
            s.setBegin(tokens.get(0).beginPosition());
            s.setEnd(tokens.get(tokens.size() - 1).endPosition());
            s.addToIndexes();
            for (CoreLabel token : tokens) {
                Token t = new Token(cas);
                t.setBegin(token.beginPosition());
                t.setEnd(token.endPosition());
                t.setPos(token.tag());
                if (t.getBegin() < t.getEnd())
                    t.addToIndexes();
            }
        }
    }

    public void reset() {}
}
