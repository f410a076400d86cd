"""Builds the small models of the tests: pip install onnx==1.23.2, then python test/models/build.py from the package's folder.

They are real ONNX graphs with real tokenizers that transformers.js loads as it loads any other, and know nothing but which words
are the same, so that what must come out is plain:
  overlap          one output: how many of the question's words, by their rarity, stand in the text. BERT's inputs.
  overlap-labels   two labels, the fitting one first; XLM-RoBERTa's inputs (no token_type_ids) and its limit of 514 positions.
  three-labels     three labels: no reranker.
  multilingual-e5-tiny   an embedding model: a token's vector depends on the token alone. XLM-RoBERTa's inputs and limit.
"""

import collections
import glob
import json
import os
import re

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

HERE = os.path.dirname(__file__)
SPECIALS = {'bert': ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'], 'roberta': ['<s>', '<pad>', '</s>', '<unk>', '<mask>']}
POSITIONS = 514


def words_of_the_sample():
    """The words of corpus/, the most frequent first: a word's number says how rare it is."""
    counts = collections.Counter()
    for path in sorted(glob.glob(os.path.join(HERE, '..', '..', 'corpus', '*', '*'))):
        counts.update(re.findall(r'[a-z0-9]+', open(path, encoding='utf-8').read().lower()))
    return ['query', 'passage'] + sorted(counts, key=lambda word: (-counts[word], word))


def tokenizer(kind):
    specials = SPECIALS[kind]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(specials + list('.,:;!?"\'()-') + words_of_the_sample()))}
    start, end, unknown = ('[CLS]', '[SEP]', '[UNK]') if kind == 'bert' else ('<s>', '</s>', '<unk>')
    special = lambda token, segment: {'SpecialToken': {'id': token, 'type_id': segment}}
    sequence = lambda name, segment: {'Sequence': {'id': name, 'type_id': segment}}
    between = [special(end, 0)] if kind == 'bert' else [special(end, 0), special(end, 0)]
    second = 1 if kind == 'bert' else 0
    flags = {'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': True}
    return vocabulary, {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': [{'id': i, 'content': token, **flags} for i, token in enumerate(specials)],
        'normalizer': {'type': 'BertNormalizer', 'clean_text': True, 'handle_chinese_chars': True, 'strip_accents': None, 'lowercase': True},
        'pre_tokenizer': {'type': 'BertPreTokenizer'},
        'post_processor': {
            'type': 'TemplateProcessing',
            'single': [special(start, 0), sequence('A', 0), special(end, 0)],
            'pair': [special(start, 0), sequence('A', 0), *between, sequence('B', second), special(end, second)],
            'special_tokens': {t: {'id': t, 'ids': [vocabulary[t]], 'tokens': [t]} for t in (start, end)},
        },
        'decoder': {'type': 'WordPiece', 'prefix': '##', 'cleanup': True},
        'model': {'type': 'WordPiece', 'unk_token': unknown, 'continuing_subword_prefix': '##', 'max_input_chars_per_word': 100, 'vocab': vocabulary},
    }


class Graph:
    """Nodes by the names of their outputs."""

    def __init__(self, inputs):
        self.inputs, self.nodes, self.constants = inputs, [], []

    def constant(self, value, dtype):
        name = f'c{len(self.constants)}'
        self.constants.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def node(self, kind, *inputs, **attributes):
        name = f'{kind}{len(self.nodes)}'
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def save(self, folder, output, name, shape):
        self.nodes.append(helper.make_node('Identity', [output], [name]))
        take = [helper.make_tensor_value_info(i, TensorProto.INT64, ['batch', 'tokens']) for i in self.inputs]
        give = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)]
        graph = helper.make_graph(self.nodes, 'test', take, give, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8, producer_name='test/models/build.py')
        checker.check_model(model)
        os.makedirs(os.path.join(folder, 'onnx'), exist_ok=True)
        save(model, os.path.join(folder, 'onnx', 'model.onnx'))


def floats(graph, name):
    return graph.node('Cast', name, to=TensorProto.FLOAT)


def position_check(graph, ids):
    """Zero for every token, and a failure past the last position, as in XLM-RoBERTa: a token's position is its number and two."""
    count = graph.node('CumSum', graph.node('Add', graph.node('Mul', ids, graph.constant(0, np.int64)), graph.constant(1, np.int64)), graph.constant(1, np.int64))
    table = graph.constant(np.zeros((POSITIONS, 1)), np.float32)
    return graph.node('Gather', table, graph.node('Add', count, graph.constant(1, np.int64)), axis=0)


def overlap(graph, kind):
    """10 times the share of the question's words, by their rarity, that stand in the text, less 5; [batch, 1]."""
    ids, one = 'input_ids', graph.constant([1], np.int64)
    if kind == 'bert':
        segment = 'token_type_ids'
    else:
        ends = floats(graph, graph.node('Equal', ids, graph.constant(2, np.int64)))
        segment = graph.node('Cast', graph.node('Greater', graph.node('CumSum', ends, graph.constant(1, np.int64)), graph.constant(0, np.float32)), to=TensorProto.INT64)
    word = graph.node('Greater', ids, graph.constant(15, np.int64))
    ask = floats(graph, graph.node('And', word, graph.node('Equal', segment, graph.constant(0, np.int64))))
    tell = floats(graph, graph.node('And', word, graph.node('Equal', segment, graph.constant(1, np.int64))))
    same = floats(graph, graph.node('Equal', graph.node('Unsqueeze', ids, graph.constant([2], np.int64)), graph.node('Unsqueeze', ids, one)))
    held = graph.node('ReduceMax', graph.node('Mul', same, graph.node('Unsqueeze', tell, one)), axes=[2], keepdims=0)
    weight = graph.node('Mul', ask, graph.node('Log', floats(graph, graph.node('Add', ids, one))))
    total = graph.node('ReduceSum', weight, one, keepdims=1)
    part = graph.node('ReduceSum', graph.node('Mul', weight, held), one, keepdims=1)
    share = graph.node('Div', part, graph.node('Max', total, graph.constant(1, np.float32)))
    return graph.node('Sub', graph.node('Mul', share, graph.constant(10, np.float32)), graph.constant(5, np.float32))


def write(name, kind, config, graph, output, output_name, shape, **settings):
    folder = os.path.join(HERE, name)
    graph.save(folder, output, output_name, shape)
    vocabulary, text = tokenizer(kind)
    start, end, pad, unknown = ('[CLS]', '[SEP]', '[PAD]', '[UNK]') if kind == 'bert' else ('<s>', '</s>', '<pad>', '<unk>')
    named = {'cls_token': start, 'sep_token': end, 'pad_token': pad, 'unk_token': unknown}
    files = {'tokenizer.json': text, 'config.json': {**config, 'vocab_size': len(vocabulary)}, 'tokenizer_config.json': {**settings, **named}}
    for file, content in files.items():
        with open(os.path.join(folder, file), 'w', encoding='utf-8') as out:
            json.dump(content, out, separators=(',', ':') if file == 'tokenizer.json' else None, indent=None if file == 'tokenizer.json' else 1)
            out.write('\n')


BERT = {'model_type': 'bert', 'max_position_embeddings': 512, 'pad_token_id': 0}
ROBERTA = {'model_type': 'xlm-roberta', 'max_position_embeddings': POSITIONS, 'pad_token_id': 1}

if __name__ == '__main__':
    graph = Graph(['input_ids', 'attention_mask', 'token_type_ids'])
    config = {**BERT, 'architectures': ['BertForSequenceClassification'], 'id2label': {'0': 'LABEL_0'}}
    write('overlap', 'bert', config, graph, overlap(graph, 'bert'), 'logits', ['batch', 1], tokenizer_class='BertTokenizer', model_max_length=512)

    graph = Graph(['input_ids', 'attention_mask'])
    logit = overlap(graph, 'roberta')
    checked = graph.node('Add', logit, graph.node('ReduceSum', position_check(graph, 'input_ids'), graph.constant([1], np.int64), keepdims=0))
    both = graph.node('Concat', checked, graph.node('Neg', checked), axis=1)
    config = {**ROBERTA, 'architectures': ['XLMRobertaForSequenceClassification'], 'id2label': {'0': 'relevant', '1': 'irrelevant'}}
    write('overlap-labels', 'roberta', config, graph, both, 'logits', ['batch', 2], tokenizer_class='XLMRobertaTokenizer')

    graph = Graph(['input_ids', 'attention_mask', 'token_type_ids'])
    logit = overlap(graph, 'bert')
    config = {**BERT, 'architectures': ['BertForSequenceClassification'], 'id2label': {'0': 'contradiction', '1': 'neutral', '2': 'entailment'}}
    write('three-labels', 'bert', config, graph, graph.node('Concat', logit, logit, logit, axis=1), 'logits', ['batch', 3], tokenizer_class='BertTokenizer', model_max_length=512)

    graph = Graph(['input_ids', 'attention_mask'])
    waves = graph.constant(0.37 * 1.1 ** np.arange(16), np.float32)
    tokens = graph.node('Cos', graph.node('Mul', graph.node('Unsqueeze', floats(graph, 'input_ids'), graph.constant([2], np.int64)), waves))
    states = graph.node('Add', tokens, position_check(graph, 'input_ids'))
    config = {**ROBERTA, 'architectures': ['XLMRobertaModel'], 'hidden_size': 16}
    write('multilingual-e5-tiny', 'roberta', config, graph, states, 'last_hidden_state', ['batch', 'tokens', 16], tokenizer_class='XLMRobertaTokenizer')
