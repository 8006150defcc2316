package dev.trackit.python.knowledge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trackit.api.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads knowledge files. What a later file says of a function, method or class replaces what an earlier one said of it, so a user's file
 * can correct the built-in ones. Everything is checked: a misspelt field, an unknown class or kind is an error that names file and place.
 */
public final class KnowledgeReader {
    private static final String FOLDER = "/dev/trackit/python/knowledge/";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final long MAX_USER_FILE_BYTES = 4_000_000;

    private KnowledgeReader() {}

    /** The names of the built-in files, in the order in which they are read. */
    public static List<String> builtInFiles() {
        try (InputStream in = resource("index.json")) {
            List<String> names = new ArrayList<>();
            MAPPER.readTree(in).forEach(node -> names.add(node.asText()));
            return names;
        } catch (IOException e) {
            throw new IllegalStateException("The built-in knowledge cannot be read", e);
        }
    }

    static Knowledge readBuiltIn() {
        return new KnowledgeBuilder(builtInDocuments()).build();
    }

    /**
     * The built-in knowledge with a user's files on top.
     *
     * @param folder the folder whose {@code *.json} files are read, in the order of their names; may not exist
     * @throws ConfigurationException if a file cannot be read or is wrong; the message names file and place
     */
    public static Knowledge readWithFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Knowledge.builtIn();
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(p -> p.getFileName().toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException("The folder " + folder + " with knowledge of libraries cannot be read", e);
        }
        if (files.isEmpty()) {
            return Knowledge.builtIn();
        }
        Map<String, JsonNode> documents = builtInDocuments();
        for (Path file : files) {
            documents.put(file.toString(), readUserFile(file));
        }
        return new KnowledgeBuilder(documents).build();
    }

    /**
     * The built-in knowledge with one more document on top.
     *
     * @param name how errors name it
     * @throws ConfigurationException if it is wrong
     */
    public static Knowledge readWithText(String name, String json) {
        Map<String, JsonNode> documents = builtInDocuments();
        try {
            documents.put(name, MAPPER.readTree(json));
        } catch (IOException e) {
            throw new ConfigurationException(name + " is not valid JSON: " + e.getMessage(), e);
        }
        return new KnowledgeBuilder(documents).build();
    }

    private static JsonNode readUserFile(Path file) {
        try {
            if (Files.size(file) > MAX_USER_FILE_BYTES) {
                throw new ConfigurationException(
                        file + " is larger than " + MAX_USER_FILE_BYTES + " bytes: split it into several files");
            }
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read as JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, JsonNode> builtInDocuments() {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        for (String name : builtInFiles()) {
            try (InputStream in = resource(name)) {
                documents.put(name, MAPPER.readTree(in));
            } catch (IOException e) {
                throw new IllegalStateException("The built-in knowledge " + name + " cannot be read", e);
            }
        }
        return documents;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = KnowledgeReader.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException("The resource " + FOLDER + name + " is missing");
        }
        return in;
    }
}
