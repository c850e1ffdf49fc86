// Peers (heideltime|sutime|quote|ssplit): JSON lines in, JSON lines out; offsets in characters of the text.
//   {"id", "text", "dct": "YYYY-MM-DD", "kind": "news"|"narrative"|"colloquial"} -> {"id", "spans": [...], "cpu": seconds}
import java.io.*;
import java.lang.management.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.text.SimpleDateFormat;
import java.util.*;
import javax.json.*;

public class Peers {
    interface Tagger { JsonArrayBuilder tag(JsonObject request) throws Exception; }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        Tagger tagger = args[0].equals("heideltime") ? new Heidel() : new Stanford(args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (String line; (line = in.readLine()) != null;) {
            JsonObject request = Json.createReader(new StringReader(line)).readObject();
            JsonObjectBuilder reply = Json.createObjectBuilder().add("id", request.getString("id"));
            long start = clock.getCurrentThreadCpuTime();
            try {
                reply.add("spans", tagger.tag(request));
            } catch (Exception e) {
                reply.add("error", String.valueOf(e));
            }
            out.println(reply.add("cpu", (clock.getCurrentThreadCpuTime() - start) / 1e9).build());
        }
    }

    // UTF-16 offsets -> characters.
    static int chars(String text, int offset) { return text.codePointCount(0, Math.min(offset, text.length())); }

    static JsonObjectBuilder span(String text, int start, int end) {
        return Json.createObjectBuilder().add("start", chars(text, start)).add("end", chars(text, end));
    }
}
